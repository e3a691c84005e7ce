# verdict: partial
# about: looks at z alone for the second flag
def requires_grad_flags(x, y, z):
    a = x + y
    return a.requires_grad, z.requires_grad
