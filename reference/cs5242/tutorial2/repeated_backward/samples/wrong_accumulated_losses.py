# verdict: partial
# about: the losses are added up too
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    total = 0.0
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        total += loss.item()
        losses.append(total)
        grads.append(w.grad.clone())
    return losses, grads
