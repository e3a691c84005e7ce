# verdict: wrong_answer
# diagnosis: wrong_calls
# about: calls the objective once more for the value of the best
import itertools


def grid_search(objective, grid):
    configs = [dict(zip(grid, combo)) for combo in itertools.product(*grid.values())]
    best = min(configs, key=lambda config: objective(**config))
    return best, objective(**best)
