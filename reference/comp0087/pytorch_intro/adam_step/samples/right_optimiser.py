# verdict: accepted
# about: torch's optimiser on copies, with its state put in place
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.Adam([q], lr=lr, betas=(beta1, beta2), eps=eps)
    optimiser.state[q] = {"step": torch.tensor(t - 1.0), "exp_avg": m.clone(), "exp_avg_sq": v.clone()}
    optimiser.step()
    state = optimiser.state[q]
    return q.detach(), state["exp_avg"], state["exp_avg_sq"]
