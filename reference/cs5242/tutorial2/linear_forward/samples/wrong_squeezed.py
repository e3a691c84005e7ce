# verdict: partial
# diagnosis: wrong_shape
# about: squeezes the axis of a single sample away too
def linear_forward(x, w, b):
    return (x @ w.view(-1, 1) + b).squeeze()
