# verdict: partial
# about: switches the flags of the inputs on first
def requires_grad_flags(x, y, z):
    for t in (x, y, z):
        t.requires_grad_(True)
    a = x + y
    b = a + z
    return a.requires_grad, b.requires_grad
