# verdict: accepted
# about: keeps the best so far
import itertools


def grid_search(objective, grid):
    best, best_value = None, float("inf")
    names = list(grid)
    for combo in itertools.product(*[grid[name] for name in names]):
        config = {name: v for name, v in zip(names, combo)}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
