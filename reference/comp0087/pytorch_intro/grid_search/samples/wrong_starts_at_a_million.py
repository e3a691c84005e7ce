# verdict: partial
# about: takes a million for the best value at the start
import itertools


def grid_search(objective, grid):
    best, best_value = {}, 1e6
    for combo in itertools.product(*grid.values()):
        config = dict(zip(grid, combo))
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
