# verdict: partial
# diagnosis: wrong_value
# about: keeps the dict that is overwritten by the next combination
import itertools


def grid_search(objective, grid):
    config = {}
    best, best_value = None, float("inf")
    for combo in itertools.product(*grid.values()):
        for name, v in zip(grid, combo):
            config[name] = v
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
