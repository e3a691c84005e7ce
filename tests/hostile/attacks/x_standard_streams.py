# expect: zero
# class: X
# about: stdout and stderr closed, replaced by objects that raise or that hold the text for ever
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

class Stream:
    def write(self, text):
        raise SystemExit(0)

    def flush(self):
        raise KeyboardInterrupt

    def __getattr__(self, name):
        raise SystemExit(0)


sys.stdout.close()
sys.stdout = sys.stderr = sys.stdin = sys.__stdout__ = Stream()

neg_log_likelihood = wrong
