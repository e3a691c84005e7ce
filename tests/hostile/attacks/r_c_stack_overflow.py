# expect: at most runtime_error, memory_limit, wrong_answer, time_limit
# class: R
# about: nesting that overflows the C stack: repr, comparison, destruction and compilation of a million levels
import sys

sys.setrecursionlimit(10**9)


def neg_log_likelihood(samples, mu, var_):
    nested = ()
    for _ in range(10**6):
        nested = (nested,)
    repr(nested)
    eval("(" * 10**5 + ")" * 10**5)
    return nested
