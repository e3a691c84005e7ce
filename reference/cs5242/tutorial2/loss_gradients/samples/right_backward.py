# verdict: accepted
# about: backward on copies
def loss_gradients(w, b, x, y_true):
    w = w.clone().detach().requires_grad_(True)
    b = b.clone().detach().requires_grad_(True)
    loss = ((x @ w + b - y_true) ** 2).sum()
    loss.backward()
    return loss.item(), w.grad, b.grad
