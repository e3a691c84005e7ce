# verdict: partial
# diagnosis: detached
# about: the right values without a graph
def linear_forward(x, w, b):
    return (x @ w + b).detach()
