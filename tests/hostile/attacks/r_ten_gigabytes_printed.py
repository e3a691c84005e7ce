# expect: at most output_limit, time_limit
# class: R
# about: 10 GB on standard output
import os


def neg_log_likelihood(samples, mu, var_):
    block = b"x" * 2**20
    for _ in range(10 * 1024):
        os.write(1, block)
    return (mu * 0).sum()
