# verdict: wrong_answer
# diagnosis: sign
# about: the log-probability without its minus
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.logsigmoid(y * f)
