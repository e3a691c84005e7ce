# verdict: partial
# diagnosis: wrong_trace_length
# about: one loss for every step
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            losses.append(loss.item())
    return losses
