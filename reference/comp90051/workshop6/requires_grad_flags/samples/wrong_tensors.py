# verdict: wrong_answer
# about: returns the sums
def requires_grad_flags(x, y, z):
    a = x + y
    return a, a + z
