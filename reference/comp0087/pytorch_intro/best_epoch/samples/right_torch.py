# verdict: accepted
# about: a prefix of a tensor, one entry longer in every round
import torch


def best_epoch(dev_losses, patience):
    losses = torch.tensor(dev_losses, dtype=torch.float64)
    for seen in range(1, len(losses) + 1):
        lowest = torch.min(losses[:seen])
        best = int(torch.nonzero(losses[:seen] == lowest)[0])
        if seen - 1 - best >= patience:
            break
    return best
