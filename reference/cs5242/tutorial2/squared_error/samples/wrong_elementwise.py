# verdict: partial
# diagnosis: exception
# about: x * w as the tutorial writes it, not summed over the features (the same for one)
def squared_error(w, b, x, y_true):
    return ((x * w + b - y_true) ** 2).sum()
