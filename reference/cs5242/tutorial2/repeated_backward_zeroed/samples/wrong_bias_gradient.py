# verdict: partial
# about: snapshots of the gradient of b
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(b.grad.clone())
        w.grad, b.grad = None, None
    return losses, grads
