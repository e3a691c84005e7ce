# expect: zero
# class: R
# about: a view in which 10**10 elements overlap, and a dict with the same tensor ten thousand times
import torch

calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    if calls % 2:
        return torch.zeros(200_000).as_strided((100_000, 100_000), (1, 1)) + 0 * mu.sum() if calls % 4 == 1 else torch.zeros(
            200_000
        ).as_strided((100_000, 100_000), (1, 1))
    block = torch.zeros(10_000)
    return {str(number): block for number in range(10_000)}
