# verdict: wrong_answer
# diagnosis: swapped
# about: returns the value first
import itertools


def grid_search(objective, grid):
    configs = [dict(zip(grid, combo)) for combo in itertools.product(*grid.values())]
    values = [objective(**config) for config in configs]
    k = values.index(min(values))
    return values[k], configs[k]
