# expect: zero
# class: F6
# about: walks every frame up, of every thread, for anything named like an expected value
import sys

import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

WORDS = ("expect", "reference", "solution", "truth", "tolerance")


budget = [20_000]


def search(value, depth=0):
    budget[0] -= 1
    if budget[0] < 0:
        return None
    if isinstance(value, torch.Tensor) and value.ndim == 0 and value.is_floating_point():
        return value
    if depth < 4 and isinstance(value, dict):
        for inner in list(value.values()):
            found = search(inner, depth + 1)
            if found is not None:
                return found
    if depth < 4 and isinstance(value, (list, tuple)):
        for inner in value:
            found = search(inner, depth + 1)
            if found is not None:
                return found
    return None


def neg_log_likelihood(samples, mu, var_):
    for top in list(sys._current_frames().values()):
        frame = top
        while frame is not None:
            for space in (frame.f_locals, frame.f_globals):
                for name, value in list(space.items()):
                    if any(word in str(name).lower() for word in WORDS):
                        found = search(value)
                        if found is not None:
                            return found + (mu * 0).sum()
                        if callable(value):
                            try:
                                return value(samples, mu, var_)
                            except BaseException:
                                pass
            frame = frame.f_back
    return wrong(samples, mu, var_)
