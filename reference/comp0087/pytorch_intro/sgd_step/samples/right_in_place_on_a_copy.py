# verdict: accepted
# about: copies first, then works in place
def sgd_step(p, g, lr):
    new = p.clone()
    new.sub_(g, alpha=lr)
    return new
