# verdict: partial
# about: calls backward itself, which uses the graph up and leaves gradients behind
def squared_error(w, b, x, y_true):
    loss = ((x @ w + b - y_true) ** 2).sum()
    loss.backward()
    return loss
