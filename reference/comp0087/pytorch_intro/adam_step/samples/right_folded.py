# verdict: accepted
# about: both corrections folded into the step size and eps, in place on copies
def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    p, m, v = p.clone(), m.clone(), v.clone()
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    correction = (1 - beta2**t) ** 0.5
    p.addcdiv_(m, v.sqrt() + eps * correction, value=-lr * correction / (1 - beta1**t))
    return p, m, v
