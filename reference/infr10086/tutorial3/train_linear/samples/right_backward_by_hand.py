# verdict: accepted
# about: backward(), gradients zeroed after the step, weight and bias moved separately; float(loss)
import torch


def train_linear(w, X, Y, eta):
    record = []
    for x, y in zip(X, Y):
        s = w.weight @ x + w.bias
        loss = torch.logsumexp(s, 0) - s[y]
        loss.backward()
        with torch.no_grad():
            w.weight -= eta * w.weight.grad
            w.bias -= eta * w.bias.grad
        w.zero_grad()
        record.append(float(loss))
    return record
