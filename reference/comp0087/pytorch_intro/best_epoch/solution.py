"""COMP0087, "Introduction to Machine Learning with PyTorch": early stopping on the dev set."""

from __future__ import annotations


def best_epoch(dev_losses: list[float], patience: int) -> int:
    """The epoch of the lowest loss that is seen before `patience` epochs in a row bring no lower one."""
    best = 0
    for epoch, loss in enumerate(dev_losses):
        if loss < dev_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best
