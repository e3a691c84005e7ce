# verdict: wrong_answer
# diagnosis: accumulated_gradient
# about: gradients of all batches so far pile up
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
