# verdict: accepted
# about: copies first, then works in place
def adagrad_step(p, g, s, lr, eps):
    p, s = p.clone(), s.clone()
    s.addcmul_(g, g)
    p.addcdiv_(g, s.sqrt().add_(eps), value=-lr)
    return p, s
