# verdict: accepted
# about: a module for the model, double precision inside, and losses as tensors
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    model = torch.nn.Linear(x.shape[1], 1, device=x.device, dtype=torch.float64)
    inputs, targets = x.double(), y_true.double()
    losses = []
    for _ in range(max_steps):
        loss = (model(inputs).squeeze(1) - targets).square().sum()
        losses.append(loss.detach())
        if loss < tol:
            break
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return model.weight.detach()[0].to(x.dtype), model.bias.detach().to(x.dtype), losses
