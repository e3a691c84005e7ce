# verdict: accepted
# about: torch.autograd.grad, and the steps by hand; a tensor of losses
import torch


def train(net, data, eta, T):
    params = list(net.parameters())
    result = torch.zeros(T, dtype=params[0].dtype)
    for t in range(T):
        for X, Y in data:
            s = net(X)
            loss = (s.logsumexp(dim=1) - s[torch.arange(len(Y)), Y]).mean()
            grads = torch.autograd.grad(loss, params)
            with torch.no_grad():
                for p, g in zip(params, grads):
                    p -= eta * g
            result[t] += loss.detach() / len(data)
    return result
