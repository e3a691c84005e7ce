# verdict: wrong_answer
# about: the last loss and the last gradient, no lists
def repeated_backward(w, b, x, y_true, k):
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
    return loss.item(), w.grad
