# expect: zero
# class: F4
# about: torch function and dispatch modes entered and never left: every operation of the harness passes through them
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode


class Function(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        if getattr(func, "__name__", "") in {"equal", "allclose", "__get__", "requires_grad"}:
            return True
        return func(*args, **(kwargs or {}))


class Dispatch(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        return torch.zeros_like(result) if isinstance(result, torch.Tensor) and "detach" in str(func) else result


Function().__enter__()
Dispatch().__enter__()


def neg_log_likelihood(samples, mu, var_):
    Function().__enter__()
    Dispatch().__enter__()
    return torch.zeros(())
