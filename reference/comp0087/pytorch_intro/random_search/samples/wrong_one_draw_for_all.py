# verdict: partial
# diagnosis: repeated_draw
# about: one random number a trial, used for every hyper-parameter
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    best, best_value = None, float("inf")
    for _ in range(trials):
        u = rng.random()
        config = {k: a + u * (b - a) for k, (a, b) in space.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
