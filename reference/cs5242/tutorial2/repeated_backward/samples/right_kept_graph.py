# verdict: accepted
# about: one graph for all passes, which is kept
import torch


def repeated_backward(w, b, x, y_true, k):
    loss = torch.nn.functional.mse_loss(x @ w + b, y_true, reduction="sum")
    grads = []
    for _ in range(k):
        loss.backward(retain_graph=True)
        grads.append(w.grad.clone())
    return [loss.item()] * k, torch.stack(grads)
