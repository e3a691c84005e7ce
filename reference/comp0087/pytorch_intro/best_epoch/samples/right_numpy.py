# verdict: accepted
# about: running minima in NumPy, and the gaps between improvements
import numpy as np


def best_epoch(dev_losses, patience):
    losses = np.asarray(dev_losses)
    lowest = np.minimum.accumulate(losses)
    better = np.flatnonzero(np.r_[True, losses[1:] < lowest[:-1]])
    waits = np.diff(better) - 1
    stopped = np.flatnonzero(waits >= patience)
    return better[stopped[0]] if len(stopped) else better[-1]
