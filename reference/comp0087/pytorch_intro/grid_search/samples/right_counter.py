# verdict: accepted
# about: counts the combinations and takes the number apart; scores in a tensor
import math

import torch


def grid_search(objective, grid):
    total = math.prod(len(v) for v in grid.values())
    configs = []
    scores = torch.empty(total, dtype=torch.float64)
    for k in range(total):
        rest, config = k, {}
        for name, values in grid.items():
            rest, at = divmod(rest, len(values))
            config[name] = values[at]
        configs.append(config)
        scores[k] = objective(**config)
    return configs[int(scores.argmin())], scores.min().item()
