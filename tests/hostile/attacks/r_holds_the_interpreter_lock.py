# expect: at most time_limit
# class: R
# about: one operation in C that holds the interpreter's lock for ever
import re


def neg_log_likelihood(samples, mu, var_):
    re.match(r"(a+)+$", "a" * 60 + "b")
