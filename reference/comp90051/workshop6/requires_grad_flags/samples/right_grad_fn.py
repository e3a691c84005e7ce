# verdict: accepted
# about: looks for a node of the graph, returns a list
def requires_grad_flags(x, y, z):
    a = x + y
    b = a + z
    flags = []
    for t in (a, b):
        flags.append(t.grad_fn is not None)
    return flags
