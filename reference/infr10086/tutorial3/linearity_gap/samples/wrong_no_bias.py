# verdict: wrong_answer
# about: the weight only: always zero
import torch


def linearity_gap(layer, x, y):
    W = layer.weight
    return W @ (x + y) - W @ x - W @ y
