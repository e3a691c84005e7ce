# verdict: partial
# diagnosis: aliased
# about: k references to the tensor that is set to zero
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad)
        w.grad.zero_()
        b.grad.zero_()
    return losses, grads
