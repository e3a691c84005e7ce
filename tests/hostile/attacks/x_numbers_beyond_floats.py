# expect: zero
# class: X
# about: plain numbers that break arithmetic on the other side: 2**4000, infinities, the ends of every dtype
import torch

calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    odd = [
        2**4000, -(2**4000), [2**4000, 1.0], True, 1e308, -0.0, complex("inf+nanj"), 10**400, torch.tensor(2**63 - 1), torch.tensor(-(2**63)),
        torch.tensor([2**64 - 1], dtype=torch.uint64), torch.tensor(1e38, dtype=torch.bfloat16), torch.tensor(5e-324, dtype=torch.float64),
        torch.tensor(float("inf"), dtype=torch.float16), torch.tensor(True), torch.tensor(1e38 + 1j), float("nan"), torch.tensor(-128, dtype=torch.int8),
    ]
    return odd[(calls * 5 + samples.numel()) % len(odd)]
