# verdict: accepted
# about: updates its own copy in place, through .data
import torch


def gradient_descent_step(params, f, step_size):
    own = torch.tensor(params.tolist(), dtype=params.dtype, requires_grad=True)
    f(own).backward()
    own.data -= step_size * own.grad
    return own.data
