# expect: zero
# class: X
# about: loads, dies in the first call, and then raises, hangs or exits while it is loaded again
import os
import random
import time

choice = random.SystemRandom().randrange(4)
if choice == 1:
    raise SystemExit(0)
if choice == 2:
    os._exit(0)
if choice == 3:
    time.sleep(10**6)


def neg_log_likelihood(samples, mu, var_):
    os._exit(0)
