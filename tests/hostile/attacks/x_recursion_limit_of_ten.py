# expect: zero
# class: X
# about: a recursion limit so low that the harness's own calls no longer fit
import sys


def neg_log_likelihood(samples, mu, var_):
    result = (mu * 0).sum()
    frame, depth = sys._getframe(), 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    for limit in range(depth, depth + 100):
        try:
            sys.setrecursionlimit(limit)
            break
        except RecursionError:
            pass
    return result
