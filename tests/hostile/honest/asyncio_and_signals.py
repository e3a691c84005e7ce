# about: an event loop, a signal handler and an exit handler of its own
import asyncio
import atexit
import math
import signal

import torch

atexit.register(print, "bye")
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGALRM, lambda number, frame: None)


async def squared(row, mu):
    await asyncio.sleep(0)
    return ((row - mu) ** 2).sum()


async def total(samples, mu):
    return sum(await asyncio.gather(*(squared(row, mu) for row in samples)))


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * math.log(2 * math.pi) + d / 2 * var_.log() + asyncio.run(total(samples, mu)) / (2 * var_ * n)
