# verdict: partial
# about: returns the step (right from the origin)
def sgd_step(p, g, lr):
    return -lr * g
