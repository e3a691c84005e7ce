# verdict: partial
# diagnosis: wrong_shape
# about: predictions of shape (n, 1)
def linear_forward(x, w, b):
    return x @ w.view(-1, 1) + b
