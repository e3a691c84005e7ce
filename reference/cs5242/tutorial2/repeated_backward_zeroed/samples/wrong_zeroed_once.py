# verdict: partial
# about: sets the gradients to zero after the first pass only
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for i in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        if i == 0:
            w.grad.zero_()
    return losses, grads
