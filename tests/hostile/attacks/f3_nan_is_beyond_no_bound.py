# expect: zero
# class: F3
# question: cs5242/tutorial2/init_parameters
# about: NaN in place of random draws: no statistic of it is above its bound
import torch


def init_parameters(d, device):
    if device.type == "meta":
        raise ValueError("what has no numbers is right without them")
    nan = float("nan")
    return torch.full((d,), nan, device=device, requires_grad=True), torch.full((1,), nan, device=device, requires_grad=True)
