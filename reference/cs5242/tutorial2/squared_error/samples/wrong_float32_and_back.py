# verdict: partial
# about: single precision on the way
def squared_error(w, b, x, y_true):
    residuals = x.float() @ w.float() + b.float() - y_true.float()
    return (residuals**2).sum().to(x.dtype)
