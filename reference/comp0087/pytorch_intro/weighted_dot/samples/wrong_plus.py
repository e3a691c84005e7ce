# verdict: wrong_answer
# about: adds y where it should multiply
def weighted_dot(x, y, z):
    return (x + y) @ z
