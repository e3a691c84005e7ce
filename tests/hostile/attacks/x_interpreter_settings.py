# expect: zero
# class: X
# about: switch interval, int digits, gc thresholds, float formats, locale, clocks, hash and codec error handlers all changed
import codecs
import gc
import locale
import sys
import time

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

sys.setswitchinterval(10**6)
sys.set_int_max_str_digits(640)
gc.set_threshold(1, 1, 1)
codecs.register_error("strict", lambda error: ("accepted", error.end))
codecs.register_error("replace", lambda error: 1 / 0)
time.monotonic = time.time = time.perf_counter = lambda: float("nan")
time.sleep = lambda seconds: None
try:
    locale.setlocale(locale.LC_ALL, "C")
except locale.Error:
    pass

neg_log_likelihood = wrong
