# verdict: partial
# diagnosis: exception
# about: goes through one graph twice without keeping it (fine for a single pass)
def repeated_backward(w, b, x, y_true, k):
    loss = ((x @ w + b - y_true) ** 2).sum()
    losses, grads = [], []
    for _ in range(k):
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
    return losses, grads
