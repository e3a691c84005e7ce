# verdict: wrong_answer
# diagnosis: state_not_changed
# about: sets the gradients to zero between backward and step
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.zero_grad()
            opt.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
