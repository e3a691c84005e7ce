# verdict: accepted
# about: one Python number after the other
import torch


def binarize(y):
    labels = []
    for v in y.tolist():
        labels.append(1.0 if v > 0 else 0.0)
    return torch.tensor(labels, dtype=torch.float32, device=y.device)
