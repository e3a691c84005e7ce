# verdict: accepted
# about: copies first, then works in place
def adadelta_step(p, g, v, u, lr, rho, eps):
    p, v, u = p.clone(), v.clone(), u.clone()
    v.mul_(rho).addcmul_(g, g, value=1 - rho)
    delta = u.add(eps).sqrt_().div_(v.add(eps).sqrt_()).mul_(g)
    u.mul_(rho).addcmul_(delta, delta, value=1 - rho)
    p.sub_(delta, alpha=lr)
    return p, v, u
