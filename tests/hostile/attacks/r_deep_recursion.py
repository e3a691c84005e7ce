# expect: at most runtime_error, memory_limit, time_limit
# class: R
# about: recursion without end and with the limit lifted
import sys

sys.setrecursionlimit(10**9)


def deeper(x):
    return deeper(x + 1) + 1


def neg_log_likelihood(samples, mu, var_):
    return deeper(0)
