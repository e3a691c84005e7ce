# verdict: accepted
# about: the operators in the order of the slide, and a demonstration
import torch


def weighted_dot(x, y, z):
    return x * y @ z


if __name__ == "__main__":
    print(weighted_dot(torch.tensor([-1.5, 1.2]), torch.tensor([1.0, -1.3]), torch.tensor([-2.0, 0.2])))
