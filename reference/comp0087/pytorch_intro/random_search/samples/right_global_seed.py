# verdict: accepted
# about: seeds the global generator of random, best starts as None
import random


def random_search(objective, space, trials, seed):
    random.seed(seed)
    best_config, best_value = None, None
    for _ in range(trials):
        config = {}
        for key, (lo, hi) in space.items():
            config[key] = random.random() * (hi - lo) + lo
        value = objective(**config)
        if best_value is None or value <= best_value:
            best_config, best_value = dict(config), value
    return best_config, best_value


if __name__ == "__main__":
    print(random_search(lambda lr: (lr - 0.3) ** 2, {"lr": (0.0, 1.0)}, 100, 0))
