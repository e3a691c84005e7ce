# verdict: partial
# diagnosis: input_changed
# about: copies only what has no flag; the gradients stay behind in the rest
def loss_gradients(w, b, x, y_true):
    w = w if w.requires_grad else w.clone().requires_grad_()
    b = b if b.requires_grad else b.clone().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    loss.backward()
    return loss.detach(), w.grad, b.grad
