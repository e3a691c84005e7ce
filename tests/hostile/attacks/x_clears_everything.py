# expect: zero
# class: X
# about: empties the builtins, torch, sys.modules and every namespace it can reach
import builtins
import gc
import sys
import types

import torch


def neg_log_likelihood(samples, mu, var_):
    result = (mu * 0).sum()
    modules = [value for value in gc.get_objects() if type(value) is types.ModuleType]
    for module in modules:
        if module not in (builtins, sys) and vars(module) is not globals():
            vars(module).clear()
    sys.modules.clear()
    vars(builtins).clear()
    return result
