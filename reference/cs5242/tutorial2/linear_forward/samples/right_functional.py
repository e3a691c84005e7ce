# verdict: accepted
# about: a linear layer with one output, which is dropped again
from torch.nn.functional import linear


def linear_forward(x, w, b):
    return linear(x, w.unsqueeze(0), b).squeeze(1)
