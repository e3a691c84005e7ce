# verdict: partial
# about: the lowest value starts at zero, which only negative values undercut
import random


def random_search(objective, space, trials, seed):
    random.seed(seed)
    best, best_value = {}, 0
    for _ in range(trials):
        config = {k: random.uniform(a, b) for k, (a, b) in space.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
