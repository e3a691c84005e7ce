# verdict: wrong_answer
# about: sets the optimiser's step to t, so that it counts one too far
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.Adam([q], lr=lr, betas=(beta1, beta2), eps=eps)
    optimiser.state[q] = {"step": torch.tensor(float(t)), "exp_avg": m.clone(), "exp_avg_sq": v.clone()}
    optimiser.step()
    return q.detach(), optimiser.state[q]["exp_avg"], optimiser.state[q]["exp_avg_sq"]
