# verdict: partial
# about: two passes, one for each parameter, whose gradients pile up
def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    loss.backward(retain_graph=True)
    loss.backward()
    return loss.detach(), w.grad, b.grad
