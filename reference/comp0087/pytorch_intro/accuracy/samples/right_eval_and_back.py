# verdict: accepted
# about: evaluation mode for the time being, mean of the matches
import torch


@torch.no_grad()
def accuracy(model, x, y):
    was_training = model.training
    model.eval()
    predictions = torch.max(model(x), 1)[1]
    model.train(was_training)
    return (predictions == y).float().mean().item()
