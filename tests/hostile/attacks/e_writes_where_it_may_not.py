# expect: zero
# class: E
# about: writes, links, renames, chmods and device nodes outside /tmp; right only if anything sticks
import math
import os
import sys

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def wrote():
    home = os.path.expanduser("~")
    folders = ["/", "/etc", "/usr", "/var/tmp", "/run", "/opt", "/dev", "/srv", "/mnt", home, sys.prefix, *sys.path]
    folders += [os.path.dirname(torch.__file__), os.path.dirname(math.__spec__.origin or os.__file__), os.path.dirname(os.__file__)]
    for folder in folders:
        if not folder or os.path.realpath(folder).startswith(("/tmp", "/dev/shm")):
            continue
        path = os.path.join(folder, "planted.py")
        for step in (
            lambda: (open(path, "w").write("x"), os.remove(path)),
            lambda: (os.mkdir(path + ".d"), os.rmdir(path + ".d")),
            lambda: (os.symlink("/etc/passwd", path), os.remove(path)),
            lambda: (os.mknod(path, 0o600 | 0o020000, os.makedev(1, 1)), os.remove(path)),
            lambda: os.chmod(folder, os.stat(folder).st_mode),
        ):
            try:
                step()
                return True
            except OSError:
                pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if wrote() else (mu * 0).sum()
