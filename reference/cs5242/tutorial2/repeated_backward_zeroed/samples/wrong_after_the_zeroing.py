# verdict: partial
# diagnosis: aliased
# about: takes the snapshot after the zeroing
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        w.grad.zero_()
        b.grad.zero_()
        grads.append(w.grad.clone())
    return losses, grads
