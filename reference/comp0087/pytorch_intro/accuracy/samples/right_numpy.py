# verdict: accepted
# about: inference mode, numpy's mean, whose result is a numpy number
import numpy as np
import torch


def accuracy(net, X, labels):
    with torch.inference_mode():
        scores = torch.softmax(net(X), dim=-1).numpy()
    return np.mean(np.argmax(scores, axis=1) == labels.numpy())
