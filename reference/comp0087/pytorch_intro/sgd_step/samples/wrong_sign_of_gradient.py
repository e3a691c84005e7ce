# verdict: wrong_answer
# about: only the sign of the gradient
def sgd_step(p, g, lr):
    return p - lr * g.sign()
