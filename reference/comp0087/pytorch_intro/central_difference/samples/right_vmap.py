# verdict: accepted
# about: all points of one side in one batched call
import torch
def central_difference(f, x, eps):
    I = eps * torch.eye(len(x), dtype=torch.float64)
    g = torch.vmap(f)
    return (g(x + I) - g(x - I)) / (2 * eps)
