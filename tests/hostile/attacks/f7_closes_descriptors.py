# expect: zero
# class: X
# about: closes every descriptor, the channel too, and opens its own files under their numbers
import os

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    os.closerange(0, 256)
    for _ in range(8):
        os.open("/dev/null", os.O_RDWR)
    return wrong(samples, mu, var_)
