# verdict: accepted
# about: copies first, then works in place
def rmsprop_step(p, g, v, lr, alpha, eps):
    p, v = p.clone(), v.clone()
    v.mul_(alpha).addcmul_(g, g, value=1 - alpha)
    p.addcdiv_(g, v.sqrt().add_(eps), value=-lr)
    return p, v
