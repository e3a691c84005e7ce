# verdict: partial
# diagnosis: wrong_calls
# about: draws as many combinations at random
import math
import random


def grid_search(objective, grid):
    best, best_value = None, float("inf")
    for _ in range(math.prod(len(v) for v in grid.values())):
        config = {name: random.choice(values) for name, values in grid.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
