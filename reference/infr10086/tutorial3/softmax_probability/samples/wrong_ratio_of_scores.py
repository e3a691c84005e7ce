# verdict: wrong_answer
# about: the scores' shares, without exponentials
import torch


def softmax_probability(w_pos, w_neg, x):
    s_pos, s_neg = w_pos @ x, w_neg @ x
    return s_pos / (s_pos + s_neg)
