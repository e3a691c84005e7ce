# expect: zero
# class: R
# about: makes every case cost a fresh process, with as much memory and time as it may before it dies
import os
import time

import torch


def neg_log_likelihood(samples, mu, var_):
    kept = torch.ones(50_000_000)
    time.sleep(0.3)
    os.kill(os.getpid(), 11) if kept[0] == 0 else os._exit(139)
