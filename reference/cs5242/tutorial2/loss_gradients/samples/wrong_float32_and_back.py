# verdict: partial
# about: single precision on the way
def loss_gradients(w, b, x, y_true):
    dtype = x.dtype
    w, b, x, y_true = (t.detach().float() for t in (w, b, x, y_true))
    r = x @ w + b - y_true
    return (r @ r).to(dtype), (2 * x.T @ r).to(dtype), (2 * r.sum().reshape(1)).to(dtype)
