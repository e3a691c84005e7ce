# verdict: partial
# diagnosis: wrong_dtype
# about: parameters always in float32
import torch


def fit_logistic_regression(x, y01, lr, tol, max_steps):
    n, d = x.shape
    w = torch.randn(d, requires_grad=True, device=x.device)
    b = torch.randn(1, requires_grad=True, device=x.device)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x.float() @ w + b, y01.float(), reduction="sum")
        losses.append(loss.item())
        if loss <= tol:
            break
        loss.backward()
        optimizer.step()
    return w, b, losses
