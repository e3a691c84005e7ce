# verdict: partial
# diagnosis: aliased
# about: k references to one tensor, which holds everything at the end
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad)
    return losses, grads
