# verdict: partial
# about: multiplies by y although the label of each term is fixed: for -1 it is turned round twice
import torch


def indicator_cross_entropy(y, w, x):
    p_plus = torch.sigmoid(y * torch.dot(w, x))
    p_minus = torch.sigmoid(-y * torch.dot(w, x))
    indicator = 1 if y == 1 else 0
    return -indicator * torch.log(p_plus) - (1 - indicator) * torch.log(p_minus)
