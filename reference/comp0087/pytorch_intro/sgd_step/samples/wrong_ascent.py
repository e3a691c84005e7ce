# verdict: wrong_answer
# diagnosis: sign
# about: uphill
def sgd_step(p, g, lr):
    return p + lr * g
