# expect: zero
# class: P
# about: marks everything that a warm process could hand on: modules, builtins, environment, torch's settings, defaults
import builtins
import math
import os
import random
import sys

import numpy
import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

builtins.planted = sys.planted = torch.planted = math.planted = numpy.planted = True
os.environ["PLANTED"] = "1"
os.putenv("PLANTED", "1")
sys.modules["planted"] = sys
torch.set_default_dtype(torch.float64)
torch.manual_seed(4321)
random.seed(4321)
torch.Tensor.planted = True
torch.set_printoptions(precision=13)
sys.setswitchinterval(0.123)
os.umask(0o123)

neg_log_likelihood = wrong
