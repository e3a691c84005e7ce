# verdict: wrong_answer
# diagnosis: wrong_length
# about: k + 1 passes
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k + 1):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
    return losses, grads
