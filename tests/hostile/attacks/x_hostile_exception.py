# expect: zero
# class: X
# about: an exception whose str, repr, args, class name, notes, cause and traceback all misbehave
import os


class Meta(type):
    def __getattribute__(cls, name):
        if name in {"__name__", "__qualname__", "__module__"}:
            raise SystemExit(0)
        return super().__getattribute__(name)


class Hostile(BaseException, metaclass=Meta):
    def __str__(self):
        while len(kept) < 3:
            kept.append(1)
            raise self
        os._exit(0)

    __repr__ = __format__ = __str__

    @property
    def args(self):
        raise SystemExit(0)

    @property
    def __traceback__(self):
        raise SystemExit(0)

    @property
    def __notes__(self):
        raise KeyboardInterrupt

    def with_traceback(self, tb):
        raise SystemExit(0)


kept = []


def neg_log_likelihood(samples, mu, var_):
    raise Hostile
