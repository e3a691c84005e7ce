# verdict: partial
# diagnosis: input_changed
# about: detaches the caller's parameters in place
def loss_gradients(w, b, x, y_true):
    w.requires_grad_(False)
    b.requires_grad_(False)
    residual = x @ w + b - y_true
    return (residual**2).sum(), 2 * residual @ x, 2 * residual.sum().reshape(1)
