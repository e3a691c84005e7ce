# verdict: wrong_answer
# about: divides the gradient by its length
def sgd_step(p, g, lr):
    return p - lr * g / g.norm()
