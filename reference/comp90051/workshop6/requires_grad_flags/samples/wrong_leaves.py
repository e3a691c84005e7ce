# verdict: wrong_answer
# about: asks whether the sums are leaves
def requires_grad_flags(x, y, z):
    a = x + y
    b = a + z
    return a.is_leaf, b.is_leaf
