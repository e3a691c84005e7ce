# verdict: wrong_answer
# diagnosis: constant_factor
# about: forgets the learning rate
def sgd_step(p, g, lr):
    return p - g
