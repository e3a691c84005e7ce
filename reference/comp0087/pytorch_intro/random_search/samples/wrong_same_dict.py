# verdict: partial
# diagnosis: wrong_value
# about: fills one dict again and again, so the best configuration turns into the last one
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    config = {}
    best, best_value = None, float("inf")
    for _ in range(trials):
        for k, (a, b) in space.items():
            config[k] = rng.uniform(a, b)
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
