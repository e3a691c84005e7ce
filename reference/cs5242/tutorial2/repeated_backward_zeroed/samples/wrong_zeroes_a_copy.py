# verdict: partial
# diagnosis: accumulated_gradient
# about: zeroes the copy of the gradient and only the gradient of b
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        w.grad.clone().zero_()
        b.grad.zero_()
    return losses, grads
