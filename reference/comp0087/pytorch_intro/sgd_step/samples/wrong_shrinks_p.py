# verdict: wrong_answer
# about: multiplies the wrong tensor by the learning rate
def sgd_step(p, g, lr):
    return lr * p - g
