# expect: zero
# class: F2
# about: a plain tensor whose own detach, numpy, cpu, sum, backward … were replaced on the instance
import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    result = wrong(samples, mu, var_)
    for name in ["detach", "numpy", "cpu", "contiguous", "clone", "tolist", "sum", "backward", "double", "to", "item"]:
        try:
            setattr(result, name, lambda *args, **kwargs: torch.zeros(()))
        except (AttributeError, TypeError):
            pass
    return result
