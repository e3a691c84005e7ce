# verdict: wrong_answer
# diagnosis: wrong_type
# about: the pair the other way round
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    best, best_value = None, float("inf")
    for _ in range(trials):
        config = {k: rng.uniform(a, b) for k, (a, b) in space.items()}
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best_value, best
