# expect: zero
# class: X
# about: an audit hook that forbids everything ever after
import sys


def forbid(event, arguments):
    if armed:
        raise RuntimeError("forbidden: " + event)


armed = []
sys.addaudithook(forbid)


def neg_log_likelihood(samples, mu, var_):
    armed.append(1)
    return (mu * 0).sum()
