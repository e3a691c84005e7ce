# verdict: partial
# about: the square of the summed residuals (right for one sample)
def squared_error(w, b, x, y_true):
    return (x @ w + b - y_true).sum() ** 2
