# expect: zero
# class: X
# about: the answer's destructor, a weakref callback and a gc callback leave the process
import gc
import os
import weakref


class Last:
    def __del__(self):
        os._exit(0)


gc.callbacks.append(lambda phase, info: os._exit(0) if phase == "stop" and calls > 2 else None)
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    last = Last()
    weakref.finalize(last, os._exit, 0)
    return [last]
