# verdict: partial
# diagnosis: accumulated_gradient
# about: neither copies nor zeroes
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad)
    return losses, grads
