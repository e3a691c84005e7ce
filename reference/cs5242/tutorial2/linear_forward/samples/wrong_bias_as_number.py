# verdict: partial
# diagnosis: missing_gradient
# about: the bias as a Python number, which has no gradient
def linear_forward(x, w, b):
    return x @ w + b.item()
