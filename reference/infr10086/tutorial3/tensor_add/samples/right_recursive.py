# verdict: accepted
# about: adds Python numbers one at a time, by recursion over the nesting
import torch


def add_nested(x, y):
    if isinstance(x, list):
        return [add_nested(p, q) for p, q in zip(x, y)]
    return x + y


def tensor_add(first, second):
    return torch.tensor(add_nested(first, second))


if __name__ == "__main__":
    print(tensor_add([1, 2, 3], [4, 5, 6]))
