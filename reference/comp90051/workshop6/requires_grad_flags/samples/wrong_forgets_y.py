# verdict: partial
# about: takes the first flag from x alone
def requires_grad_flags(x, y, z):
    a = x.requires_grad
    return a, a or z.requires_grad
