# expect: zero
# class: X
# about: sparse, quantized, meta, nested, named, conjugated, negated, zero-dim of odd dtypes, mkldnn: what is no plain data
import torch

calls = 0
MAKERS = [
    lambda: torch.zeros(3, 3).to_sparse(),
    lambda: torch.zeros(3, 3).to_sparse_csr(),
    lambda: torch.quantize_per_tensor(torch.zeros(3), 0.1, 0, torch.qint8),
    lambda: torch.empty(10**6, 10**6, device="meta"),
    lambda: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]),
    lambda: torch.zeros(2, dtype=torch.complex64).conj(),
    lambda: torch.zeros(2, dtype=torch.complex64).conj().imag,
    lambda: torch.zeros(2, names=("a",)),
    lambda: torch.zeros(3).to(torch.float8_e5m2),
    lambda: torch.zeros(3, 3).to_mkldnn(),
    lambda: torch.tensor(0, dtype=torch.bits8),
    lambda: torch.zeros(2).untyped_storage(),
    lambda: torch.Size([1]),
    lambda: torch.float32,
    lambda: torch.nn.Linear(1, 1),
    lambda: torch.nn.UninitializedParameter(),
]


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    try:
        return MAKERS[(calls * 5 + samples.numel()) % len(MAKERS)]()
    except (RuntimeError, TypeError, AttributeError):
        return torch.zeros(3)
