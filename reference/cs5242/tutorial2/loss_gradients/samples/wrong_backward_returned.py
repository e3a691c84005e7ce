# verdict: partial
# about: takes what backward returns for the gradients
def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    grads = loss.backward()
    return loss.detach(), grads, grads
