# verdict: partial
# diagnosis: wrong_value
# about: keeps the highest value
import itertools


def grid_search(objective, grid):
    best, best_value = None, -float("inf")
    for combo in itertools.product(*grid.values()):
        config = dict(zip(grid, combo))
        value = objective(**config)
        if value > best_value:
            best, best_value = config, value
    return best, best_value
