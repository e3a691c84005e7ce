# verdict: partial
# diagnosis: squared
# about: compares in float32
import torch
def sign(s):
    return torch.where(s.float() >= 0, 1.0, -1.0).to(s.dtype)
