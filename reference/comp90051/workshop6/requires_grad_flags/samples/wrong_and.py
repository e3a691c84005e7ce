# verdict: partial
# about: takes both terms to be needed
def requires_grad_flags(x, y, z):
    a = x.requires_grad and y.requires_grad
    b = a and z.requires_grad
    return a, b
