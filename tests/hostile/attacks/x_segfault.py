# expect: at most runtime_error
# class: X
# about: reads address 0
import ctypes


def neg_log_likelihood(samples, mu, var_):
    ctypes.string_at(0)
