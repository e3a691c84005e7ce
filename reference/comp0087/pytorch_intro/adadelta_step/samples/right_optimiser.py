# verdict: accepted
# about: torch's optimiser on copies, with its state put in place
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.Adadelta([q], lr=lr, rho=rho, eps=eps)
    optimiser.state[q] = {"step": torch.tensor(0.0), "square_avg": v.clone(), "acc_delta": u.clone()}
    optimiser.step()
    state = optimiser.state[q]
    return q.detach(), state["square_avg"], state["acc_delta"]
