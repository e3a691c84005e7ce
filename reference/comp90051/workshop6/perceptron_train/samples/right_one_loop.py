# verdict: accepted
# about: a margin of label times row, with a rule of its own for zero; one loop over all steps
import torch
def perceptron_train(X, y, w0, epochs):
    data = (X * y[:, None]).tolist(), [int(t) for t in y]
    w = w0.clone()
    mistakes = [0] * epochs
    for k in range(epochs * len(X)):
        e, i = divmod(k, len(X))
        z = torch.tensor(data[0][i], dtype=X.dtype)
        margin = float(z @ w)
        if margin < 0 or (margin == 0 and data[1][i] == -1):
            w += z
            mistakes[e] += 1
    return (w, mistakes)
