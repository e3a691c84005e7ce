# verdict: partial
# diagnosis: wrong_value
# about: zeroes in between
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        w.grad = None
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
    return losses, grads
