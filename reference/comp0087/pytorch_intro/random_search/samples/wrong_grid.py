# verdict: partial
# about: walks along an evenly spaced grid
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    shift = rng.random()
    best, best_value = {}, float("inf")
    for t in range(trials):
        config = {k: a + (b - a) * ((t + shift) / trials) for k, (a, b) in space.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
