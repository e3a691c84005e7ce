# expect: at most runtime_error
# class: X
# about: SIGABRT, with faulthandler and the C library made noisy
import faulthandler
import os

faulthandler.enable()


def neg_log_likelihood(samples, mu, var_):
    os.abort()
