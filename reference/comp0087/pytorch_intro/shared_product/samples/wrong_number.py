# verdict: wrong_answer
# about: returns a Python number
def shared_product(a, b, c, d):
    e = a * b
    f = c * e + d * e
    return f.item()
