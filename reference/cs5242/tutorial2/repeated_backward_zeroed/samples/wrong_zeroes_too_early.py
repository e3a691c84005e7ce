# verdict: runtime_error
# diagnosis: exception
# about: zeroes before the first pass, when there is no gradient
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        w.grad.zero_()
        b.grad.zero_()
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
    return losses, grads
