"""Maximum likelihood estimate of a Gaussian mean (INFR10086, Tutorial 3, section 2, eq. (4))."""

from __future__ import annotations

import torch


def gaussian_mle_mean(samples: torch.Tensor) -> torch.Tensor:
    """The mean over the rows."""
    return samples.mean(dim=0)
