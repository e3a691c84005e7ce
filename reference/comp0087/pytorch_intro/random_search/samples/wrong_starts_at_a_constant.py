# verdict: partial
# about: takes 1000 for infinity
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    best, best_value = {}, 1000.0
    for _ in range(trials):
        config = {k: rng.uniform(a, b) for k, (a, b) in space.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
