# verdict: wrong_answer
# about: the plain dot product of the two variables
def weighted_dot(x, y, z):
    return x @ z
