# verdict: wrong_answer
# about: divides the averages themselves
def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = (u + eps) / (v + eps) * g
    return p - lr * delta, v, rho * u + (1 - rho) * delta**2
