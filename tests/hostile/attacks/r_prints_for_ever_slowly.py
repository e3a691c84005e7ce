# expect: at most output_limit, time_limit
# class: R
# about: drips lines on standard error, one a moment, so that something always seems to happen
import sys
import time


def neg_log_likelihood(samples, mu, var_):
    while True:
        print("still working", file=sys.stderr, flush=True)
        time.sleep(0.01)
