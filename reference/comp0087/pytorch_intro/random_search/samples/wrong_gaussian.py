# verdict: partial
# diagnosis: wrong_distribution
# about: normal draws around the middle, cut off at the ends
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    best, best_value = None, float("inf")
    for _ in range(trials):
        config = {}
        for k, (a, b) in space.items():
            v = rng.gauss((a + b) / 2, (b - a) / 4)
            config[k] = min(max(v, a), b)
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
