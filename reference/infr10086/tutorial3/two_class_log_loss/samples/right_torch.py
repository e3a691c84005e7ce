# verdict: accepted
# about: through PyTorch's cross entropy
import torch


def two_class_log_loss(w, x_i):
    scores = torch.from_numpy(w) @ torch.from_numpy(x_i)
    return torch.nn.functional.cross_entropy(scores, torch.tensor(0)).item()
