# verdict: wrong_answer
# diagnosis: wrong_shape
# about: three entrywise products and no sum
def weighted_dot(x, y, z):
    return x * y * z
