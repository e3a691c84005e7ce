# expect: zero
# class: F2
# about: a tensor subclass whose __torch_function__ calls every comparison true
import torch


class Yes(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in {"allclose", "equal", "is_same_size", "isclose", "eq", "all"}:
            return True
        if name in {"sub", "rsub", "abs", "max", "sum"}:
            return torch.zeros(())
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))


def neg_log_likelihood(samples, mu, var_):
    return ((mu * 0).sum() + 41.0).as_subclass(Yes)
