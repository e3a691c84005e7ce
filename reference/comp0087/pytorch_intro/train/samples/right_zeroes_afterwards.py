# verdict: accepted
# about: sets the gradients to zero after each step; training mode; a running mean
import torch.nn.functional as F


def train(model, batches, lr, epochs):
    model.train()
    out = []
    while len(out) < epochs:
        mean = 0.0
        for k, (x, y) in enumerate(batches, start=1):
            loss = F.nll_loss(F.log_softmax(model(x), dim=-1), y)
            loss.backward()
            for p in model.parameters():
                p.data.add_(p.grad, alpha=-lr)
                p.grad = None
            mean += (float(loss) - mean) / k
        out.append(mean)
    return out
