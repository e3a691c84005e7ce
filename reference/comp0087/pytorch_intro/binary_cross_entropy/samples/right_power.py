# verdict: accepted
# about: the product of powers inside one logarithm
import torch
def binary_cross_entropy(f, y):
    return -torch.log(f**y * (1 - f)**(1 - y))
