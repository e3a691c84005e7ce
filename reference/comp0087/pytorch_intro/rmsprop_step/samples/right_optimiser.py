# verdict: accepted
# about: torch's optimiser on copies, with its state put in place
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.RMSprop([q], lr=lr, alpha=alpha, eps=eps)
    optimiser.state[q] = {"step": torch.tensor(0.0), "square_avg": v.clone()}
    optimiser.step()
    return q.detach(), optimiser.state[q]["square_avg"]
