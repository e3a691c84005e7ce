# verdict: wrong_answer
# about: divides by the average itself
def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return p - lr * g / (v + eps), v
