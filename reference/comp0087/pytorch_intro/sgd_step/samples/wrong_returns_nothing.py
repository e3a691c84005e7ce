# verdict: wrong_answer
# diagnosis: none_returned
# about: updates p and returns nothing
def sgd_step(p, g, lr):
    p.sub_(lr * g)
