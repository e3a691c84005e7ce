# verdict: partial
# diagnosis: input_changed
# about: p.data, p.detach() and p share their memory
def sgd_step(p, g, lr):
    q = p.detach()
    q.add_(g, alpha=-lr)
    return q
