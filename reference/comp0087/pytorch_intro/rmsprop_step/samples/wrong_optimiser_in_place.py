# verdict: partial
# diagnosis: input_changed
# about: the optimiser works on the caller's average
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g
    optimiser = torch.optim.RMSprop([q], lr=lr, alpha=alpha, eps=eps)
    optimiser.state[q] = {"step": torch.tensor(0.0), "square_avg": v}
    optimiser.step()
    return q.detach(), v
