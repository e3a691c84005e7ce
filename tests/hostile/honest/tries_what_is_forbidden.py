# about: tries a download, a subprocess and a package that is missing, and goes on without them
import math
import subprocess
import urllib.request

import torch

try:
    import seaborn
except ImportError:
    seaborn = None
try:
    urllib.request.urlopen("https://example.org", timeout=1)
except OSError as error:
    print("no network:", error)
try:
    print(subprocess.run(["nvidia-smi"], capture_output=True))
except OSError as error:
    print("no programs:", error)

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype).to(device)
    return d / 2 * math.log(2 * math.pi) + d / 2 * var_.log() + ((samples.to(device) - mu) ** 2).sum() / (2 * var_ * n)
