# question: comp0087/pytorch_intro/central_difference
# expect: at most accepted, partial, wrong_answer, runtime_error
# class: F5
# about: changes its input and puts it back: purity is looked at afterwards, and only in the student's own process
import torch


def central_difference(f, x, eps):
    gradient = torch.zeros_like(x)
    for i in range(len(x)):
        kept = x[i].item()
        x[i] = kept + eps
        above = f(x).item()
        x[i] = kept - eps
        below = f(x).item()
        x[i] = kept
        gradient[i] = (above - below) / (2 * eps)
    return gradient
