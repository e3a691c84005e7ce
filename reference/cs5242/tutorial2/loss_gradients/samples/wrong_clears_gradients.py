# verdict: partial
# diagnosis: input_changed
# about: sets the gradients to zero afterwards, where there were none before
def loss_gradients(w, b, x, y_true):
    before = w.requires_grad, b.requires_grad
    w.requires_grad_(True)
    b.requires_grad_(True)
    loss = ((x @ w + b - y_true) ** 2).sum()
    loss.backward()
    results = loss.detach(), w.grad.clone(), b.grad.clone()
    w.grad.zero_()
    b.grad.zero_()
    w.requires_grad_(before[0])
    b.requires_grad_(before[1])
    return results
