# verdict: wrong_answer
# about: the logarithm of the probability
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.nn.functional.logsigmoid(w_pos @ x - w_neg @ x)
