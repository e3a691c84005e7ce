"""Loss of class 0 from two scores (INFR10086, Tutorial 3, eq. (9))."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def two_class_log_loss(w: NDArray[np.float64], x_i: NDArray[np.float64]) -> float:
    """log(1 + exp(s1 - s0)) with s = w @ x_i, by logaddexp, which never takes the exponential of a large number."""
    scores = w @ x_i
    return float(np.logaddexp(0.0, scores[1] - scores[0]))
