# verdict: partial
# diagnosis: missing_gradient
# about: takes z for a constant
def weighted_dot(x, y, z):
    return (x * y) @ z.detach()
