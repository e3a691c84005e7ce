import torch


def softmax_probability(w_pos, w_neg, x):
    """p(y = +1 | x) from the weights (d,) of class +1 and of class -1, for one example x (d,); a scalar tensor."""
    raise NotImplementedError
