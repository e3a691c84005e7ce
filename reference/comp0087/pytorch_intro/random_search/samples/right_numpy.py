# verdict: accepted
# about: NumPy's generator, all draws at once, argmin
import numpy as np


def random_search(objective, space, trials, seed):
    rng = np.random.default_rng(seed)
    names = list(space)
    lows = np.array([space[n][0] for n in names])
    highs = np.array([space[n][1] for n in names])
    points = rng.uniform(lows, highs, size=(trials, len(names)))
    configs = [dict(zip(names, p)) for p in points]
    values = [objective(**c) for c in configs]
    i = int(np.argmin(values))
    return configs[i], values[i]
