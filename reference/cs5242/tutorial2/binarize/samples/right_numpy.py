# verdict: accepted
# about: NumPy on the CPU, moved back afterwards
import torch, numpy as np
def binarize(y):
    return torch.from_numpy(np.where(y.cpu().numpy() > 0, 1.0, 0.0).astype(np.float32)).to(y.device)
