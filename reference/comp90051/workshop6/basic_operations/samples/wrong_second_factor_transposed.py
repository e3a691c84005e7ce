# verdict: partial
# about: a times the transpose of b
import torch, numpy as np
from collections import OrderedDict
def basic_operations(a, b):
    return {'sum': a+b, 'product': a*b, 'matmul': a@b.T, 'row_means': a.mean(1), 'transpose': a.T}
