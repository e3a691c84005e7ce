# verdict: wrong_answer
# diagnosis: none_returned
# about: prints the sum and forgets to return it
import torch


def tensor_add(a, b):
    print(torch.tensor(a) + torch.tensor(b))
