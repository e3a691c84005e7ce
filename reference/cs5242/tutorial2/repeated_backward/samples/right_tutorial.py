# verdict: accepted
# about: the cell of the tutorial on the parameters that were handed in
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(float(loss))
        grads.append(w.grad.detach().clone())
    return losses, grads
