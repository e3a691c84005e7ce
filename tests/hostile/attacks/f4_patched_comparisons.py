# expect: zero
# class: F4
# about: torch.allclose, isclose, equal and the assertions of torch.testing patched to agree
import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

for module in (torch, torch.Tensor, torch.testing, torch._C._VariableFunctions):
    for name in ["allclose", "isclose", "equal", "assert_close", "all", "__eq__", "__ne__", "__sub__", "abs"]:
        try:
            setattr(module, name, lambda *args, **kwargs: True)
        except (AttributeError, TypeError):
            pass

neg_log_likelihood = wrong
