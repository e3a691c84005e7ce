# verdict: partial
# about: predictions (n, 1) against targets (n,): n² residuals
def squared_error(w, b, x, y_true):
    y = x @ w.view(-1, 1) + b
    return ((y - y_true) ** 2).sum()
