# expect: zero
# class: X
# about: every signal to itself in turn: the first in a namespace ignores those without a handler
import os
import signal


def neg_log_likelihood(samples, mu, var_):
    for number in range(1, 65):
        if number not in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            os.kill(os.getpid(), number)
    return (mu * 0).sum()
