# expect: zero
# class: X
# about: exit status 0 in the middle of a call
import os


def neg_log_likelihood(samples, mu, var_):
    os._exit(0)
