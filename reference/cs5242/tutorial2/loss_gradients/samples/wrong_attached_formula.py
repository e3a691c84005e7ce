# verdict: partial
# diagnosis: still_attached
# about: the gradients by hand, but tracked by autograd where a parameter is
def loss_gradients(w, b, x, y_true):
    residual = x @ w + b - y_true
    return (residual**2).sum().item(), 2 * x.T @ residual, 2 * residual.sum().reshape(1)
