# verdict: accepted
# about: binary cross entropy with a label of 0 or 1
import torch
import torch.nn.functional as F


def indicator_cross_entropy(label, weights, features):
    score = torch.einsum("i,i", weights, features)
    target = torch.tensor(float(label > 0), dtype=weights.dtype)
    return F.binary_cross_entropy_with_logits(score, target)
