# verdict: partial
# diagnosis: input_changed
# about: changes the caller's p
def sgd_step(p, g, lr):
    p -= lr * g
    return p
