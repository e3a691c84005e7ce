# verdict: accepted
# about: NumPy, moved to the device at the end
import torch


def make_targets(x, w_true, b_true):
    y = x.cpu().numpy().dot(w_true.cpu().numpy()) + b_true.cpu().numpy()
    return torch.from_numpy(y).to(x.device)
