# verdict: wrong_answer
# diagnosis: wrong_gradient
# about: the second use of e is detached
def shared_product(a, b, c, d):
    e = a * b
    return c * e + d * e.detach()
