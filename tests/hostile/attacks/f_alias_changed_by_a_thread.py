# expect: zero
# class: F5
# about: the answer shares memory with the input, and a thread goes on changing both after the return
import threading
import time

import torch

targets = []


def storm():
    while True:
        for tensor in targets:
            with torch.no_grad():
                tensor.add_(1.0)
        time.sleep(0)


threading.Thread(target=storm, daemon=True).start()


def neg_log_likelihood(samples, mu, var_):
    answer = mu[0] if mu.numel() else mu.sum()
    targets[:] = [mu.detach(), samples]
    return answer
