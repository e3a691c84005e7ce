# verdict: wrong_answer
# about: only one of the two terms is multiplied by e
def shared_product(a, b, c, d):
    e = a * b
    return c * e + d
