# verdict: partial
# about: cuts the first sum off before the second
def requires_grad_flags(x, y, z):
    a = x + y
    b = a.detach() + z
    return a.requires_grad, b.requires_grad
