# verdict: partial
# diagnosis: wrong_shape
# about: one loss for every sample; the gradient of their sum is right
def squared_error(w, b, x, y_true):
    return (x @ w + b - y_true) ** 2
