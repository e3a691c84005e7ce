# verdict: accepted
# about: the rule without any sum
def requires_grad_flags(x, y, z):
    first = x.requires_grad or y.requires_grad
    return first, first or z.requires_grad
