# verdict: wrong_answer
# about: divides by the sum itself
def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return p - lr * g / (s + eps), s
