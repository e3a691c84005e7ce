# expect: zero
# class: F5
# about: torch.log, sum, pow and the operators patched to return zero, hoping the reference uses the same process
import torch


def zero(*args, **kwargs):
    return torch.zeros(())


for name in ["log", "sum", "pow", "norm", "mean", "matmul", "square", "dot"]:
    setattr(torch, name, zero)
    setattr(torch.Tensor, name, zero)
for name in ["__sub__", "__mul__", "__rmul__", "__add__", "__radd__", "__truediv__", "__pow__"]:
    setattr(torch.Tensor, name, zero)
torch.set_default_dtype(torch.float16)
torch.use_deterministic_algorithms(True)


def neg_log_likelihood(samples, mu, var_):
    return zero()
