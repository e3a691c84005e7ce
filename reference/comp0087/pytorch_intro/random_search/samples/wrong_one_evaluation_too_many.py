# verdict: wrong_answer
# diagnosis: wrong_calls
# about: evaluates the best configuration once more at the end
import random


def random_search(objective, space, trials, seed):
    rng = random.Random(seed)
    configs = [{k: rng.uniform(a, b) for k, (a, b) in space.items()} for _ in range(trials)]
    best = min(configs, key=lambda c: objective(**c))
    return best, objective(**best)
