# expect: at most time_limit
# class: R
# about: sleeps without using the processor, signals ignored
import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)


def neg_log_likelihood(samples, mu, var_):
    while True:
        time.sleep(3600)
