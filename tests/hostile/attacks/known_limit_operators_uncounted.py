# question: comp0087/pytorch_intro/shared_product
# expect: at most accepted, partial, wrong_answer, runtime_error
# class: F4
# about: four multiplications hidden from a count that is taken in the student's own process: a limit that the design admits
import torch


def uncounted(a, b):
    with torch.utils._python_dispatch._disable_current_modes():
        return a * b


def shared_product(a, b, c, d):
    return uncounted(c, uncounted(a, b)) + uncounted(d, uncounted(a, b))
