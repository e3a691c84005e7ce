# about: sums the samples in a thread pool, with a queue and a lock
import math
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    done, lock = queue.Queue(), threading.Lock()
    with ThreadPoolExecutor(max_workers=4) as pool:
        parts = list(pool.map(lambda row: ((row - mu) ** 2).sum(), samples))
    with lock:
        done.put(sum(parts))
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(torch.as_tensor(var_, dtype=mu.dtype)) + done.get() / (2 * var_ * n)
