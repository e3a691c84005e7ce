# verdict: wrong_answer
# diagnosis: wrong_shape
# about: the dot product of x and y, times the vector z
def weighted_dot(x, y, z):
    return (x @ y) * z
