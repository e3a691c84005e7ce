# verdict: partial
# diagnosis: accumulated_gradient
# about: sums the losses and goes back through the sum each time, so that early passes count again
def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    total = 0
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        total = total + loss
        total.backward(retain_graph=True)
        losses.append(loss.item())
        grads.append(w.grad.clone())
    return losses, grads
