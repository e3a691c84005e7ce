# verdict: accepted
# about: softmax of two scores
import torch


def probability(y, w, x):
    score = torch.einsum("i,i->", w, x)
    scores = torch.stack([score * 0, score])
    return torch.softmax(scores, dim=0)[(y + 1) // 2]
