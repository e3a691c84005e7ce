# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a result of shape (1,)
def shared_product(a, b, c, d):
    e = (a * b).reshape(1)
    return c * e + d * e
