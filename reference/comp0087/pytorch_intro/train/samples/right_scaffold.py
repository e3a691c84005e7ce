# verdict: accepted
# about: as on the slides, with a loss object and numpy's mean
import numpy as np
import torch.nn as nn
import torch.optim as optim


def train(model, batches, lr, epochs):
    loss_fn = nn.CrossEntropyLoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        losses = []
        for i, batch in enumerate(batches):
            x, y_target = batch
            optimizer.zero_grad()
            y = model(x)
            loss = loss_fn(y, y_target)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        print(epoch, losses)
        history.append(np.mean(losses))
    return history
