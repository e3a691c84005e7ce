# expect: zero
# class: R
# about: SIGSTOP and SIGTSTP to itself: a stopped process is no ended one
import os
import signal


def neg_log_likelihood(samples, mu, var_):
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(0, signal.SIGTSTP)
    return (mu * 0).sum()
