# question: infr10086/tutorial3/sample_gaussian
# expect: at most partial, wrong_answer
# class: F9
# about: numbers arranged to have the right mean and variance, without being random
import torch


def sample_gaussian(n, d, var_):
    grid = torch.linspace(-1, 1, n * d + 2)[1:-1]
    values = torch.erfinv(grid) * 2**0.5
    return (values / values.std() * var_**0.5).reshape(n, d)
