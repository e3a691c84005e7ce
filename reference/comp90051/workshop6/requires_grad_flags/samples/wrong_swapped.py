# verdict: partial
# about: the flags in the wrong order
def requires_grad_flags(x, y, z):
    a = x + y
    b = a + z
    return b.requires_grad, a.requires_grad
