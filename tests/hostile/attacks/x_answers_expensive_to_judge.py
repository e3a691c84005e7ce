# expect: zero
# class: R
# about: answers just within every bound: 30 MB of doubles, 200,000 numbers, 80,000 keys, long strings, deep nesting
import torch

calls = 0


def deep(value, levels):
    for _ in range(levels):
        value = [value]
    return value


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    makers = [
        lambda: torch.rand(2000, 1900, dtype=torch.float64),
        lambda: [float(n) for n in range(200_000)],
        lambda: {f"key {n}": n for n in range(80_000)},
        lambda: {(n, -1 - n % 2): n for n in range(2_000)},
        lambda: ["x" * 1_000_000] * 25,
        lambda: deep(torch.ones(3), 20),
        lambda: [torch.empty(0, n) for n in range(10_000)],
        lambda: torch.zeros(0, 2**40),
        lambda: torch.ones([1] * 16),
        lambda: torch.ones([1] * 60),
    ]
    return makers[(calls * 3 + samples.numel()) % len(makers)]()
