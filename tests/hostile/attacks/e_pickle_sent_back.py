# expect: zero
# class: E
# about: objects whose pickle runs code in whoever unpickles the answer
import os


class Boom:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)

    __getstate__ = __reduce__


def neg_log_likelihood(samples, mu, var_):
    return {"value": Boom(), "tensor": [Boom()], "state": Boom}
