# expect: at most runtime_error, time_limit, wrong_answer, memory_limit
# class: R
# about: torch told to use ten thousand threads
import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

try:
    torch.set_num_threads(10_000)
    torch.set_num_interop_threads(10_000)
except RuntimeError:
    pass


def neg_log_likelihood(samples, mu, var_):
    a = torch.randn(600, 600)
    for _ in range(3):
        a = a @ a / 600
    return wrong(samples, mu, var_)
