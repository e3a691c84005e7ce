# verdict: accepted
# about: one graph, kept for all passes
import torch


def gradient_without_zeroing(w, x_i, y_i, repeats):
    s = torch.mv(w, x_i)
    loss = torch.logsumexp(s, dim=0) - s[y_i]
    for _ in range(repeats):
        loss.backward(retain_graph=True)
    return w.grad.clone()
