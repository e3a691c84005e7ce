# verdict: accepted
# about: points made from lists
import torch


def forward_difference(f, x, eps):
    numbers = x.tolist()

    def at(values):
        return f(torch.tensor(values, dtype=x.dtype))

    return torch.stack(
        [(at([v + eps if j == i else v for j, v in enumerate(numbers)]) - at(numbers)) / eps for i in range(len(numbers))]
    )
