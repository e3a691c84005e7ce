# verdict: partial
# about: one step an epoch, on the mean over all batches (right for one batch)
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = sum(loss_fn(model(x), y) for x, y in batches) / len(batches)
        loss.backward()
        opt.step()
        means.append(loss.item())
    return means
