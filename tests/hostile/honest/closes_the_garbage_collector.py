# about: disables garbage collection, patches a printing function and keeps every argument
import builtins
import gc
import math

import torch

gc.disable()
history = []
_print = builtins.print
builtins.print = lambda *args, **kwargs: _print("[mine]", *args, **kwargs)


def neg_log_likelihood(samples, mu, var_):
    history.append((samples, mu, var_))
    print(len(history))
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * math.log(2 * math.pi) + d / 2 * var_.log() + ((samples - mu) ** 2).sum() / (2 * var_ * n)
