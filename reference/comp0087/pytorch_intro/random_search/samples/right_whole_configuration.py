# verdict: accepted
# about: hands the objective the whole configuration in one dict
import random
def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    best, low = None, float("inf")
    for _ in range(trials):
        c = {k: rng.uniform(a, b) for k, (a, b) in space.items()}
        v = objective(c)
        if v < low:
            best, low = c, v
    return best, low
