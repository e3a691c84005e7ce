# expect: at most memory_limit, runtime_error, time_limit, wrong_answer
# class: R
# about: takes all memory, catches MemoryError, keeps what it has and goes on
import torch

held = []


def neg_log_likelihood(samples, mu, var_):
    size = 2**28
    while size > 64:
        try:
            held.append(torch.ones(size))
        except (MemoryError, RuntimeError):
            size //= 2
    return (mu * 0).sum()
