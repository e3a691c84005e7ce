# expect: zero
# class: X
# about: the module's own __getattr__, __dict__ and __name__ played with; the entry point deletes itself
import sys


def __getattr__(name):
    raise SystemExit(0)


class Module(type(sys)):
    def __getattribute__(self, name):
        raise KeyboardInterrupt


try:
    sys.modules[__name__].__class__ = Module
except (KeyError, TypeError):
    pass
__name__ = None
__builtins__ = {}
