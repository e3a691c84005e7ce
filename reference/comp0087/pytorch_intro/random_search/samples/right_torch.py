# verdict: accepted
# about: a torch generator, values in float32, best kept in a list
import torch


def random_search(objective, space, trials, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    history = []
    for t in range(trials):
        cfg = {}
        for name in space:
            low, high = space[name]
            cfg[name] = low + (high - low) * torch.rand(1, generator=g).item()
        history.append((objective(**cfg), t, cfg))
    value, _, best = min(history)
    return [best, value]
