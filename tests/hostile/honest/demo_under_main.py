# about: runs a demo at import and more under __main__, with input() and plots that are not there
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    log_var = torch.log(torch.as_tensor(var_, dtype=samples.dtype))
    return 0.5 * d * math.log(2 * math.pi) + 0.5 * d * log_var + (samples - mu).pow(2).sum() / (2 * var_ * n)


print("demo:", neg_log_likelihood(torch.randn(10, 2), torch.zeros(2), 1.0))

if __name__ == "__main__":
    import matplotlib.pyplot as plt

    plt.plot([1, 2, 3])
    input("press enter")
    raise SystemExit(1)
