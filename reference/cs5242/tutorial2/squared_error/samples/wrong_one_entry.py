# verdict: partial
# diagnosis: wrong_shape
# about: shape (1,) in place of ()
def squared_error(w, b, x, y_true):
    return ((x @ w + b - y_true) ** 2).sum(dim=0, keepdim=True)
