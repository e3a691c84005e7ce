# verdict: partial
# diagnosis: input_changed
# about: p is left alone, g is not
def sgd_step(p, g, lr):
    return p - g.mul_(lr)
