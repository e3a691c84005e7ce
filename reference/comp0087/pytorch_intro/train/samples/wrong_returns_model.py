# verdict: partial
# diagnosis: wrong_type
# about: trains rightly and returns the model
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in batches:
            opt.zero_grad()
            loss_fn(model(x), y).backward()
            opt.step()
    return model
