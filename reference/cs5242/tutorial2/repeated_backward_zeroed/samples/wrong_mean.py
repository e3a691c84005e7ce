# verdict: partial
# diagnosis: mean_for_sum
# about: the mean squared error (the same for one sample)
def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        w.grad.zero_()
    return losses, grads
