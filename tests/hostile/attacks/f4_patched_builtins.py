# expect: zero
# class: F4
# about: isinstance, type, len, id, all, any, __import__ and open replaced for everyone in the process
import builtins

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

builtins.isinstance = lambda *args: True
builtins.issubclass = lambda *args: True
builtins.len = lambda x: 0
builtins.all = builtins.any = lambda x: True
builtins.__import__ = lambda *args, **kwargs: None
builtins.type = lambda *args: float
builtins.sum = builtins.max = lambda *args, **kwargs: 0

neg_log_likelihood = wrong
