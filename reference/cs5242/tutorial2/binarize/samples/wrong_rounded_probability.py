# verdict: partial
# about: rounds a sigmoid
import torch
def binarize(y): return torch.sigmoid(y).round()
