# verdict: accepted
# about: predictions and targets both as columns
def squared_error(w, b, x, y_true):
    y = x @ w.reshape(-1, 1) + b
    return ((y - y_true.reshape(-1, 1)) ** 2).sum()
