# verdict: wrong_answer
# diagnosis: wrong_type
# about: returns the values of the best configuration without their names
import itertools


def grid_search(objective, grid):
    results = {combo: objective(**dict(zip(grid, combo))) for combo in itertools.product(*grid.values())}
    best = min(results, key=results.get)
    return best, results[best]
