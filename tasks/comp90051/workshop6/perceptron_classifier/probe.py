"""How the grader uses a classifier."""

from __future__ import annotations

from typing import Any

import torch


def fit_model(
    submission: Any,
    model: Any,
    earlier: dict[str, Any] | None,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int,
    another: dict[str, Any] | None,
) -> Any:
    """What the last fit returns; `earlier` holds the arguments of one before it, `another` those of another object."""
    if isinstance(model, torch.nn.Module):
        model.to(X.dtype)
    if earlier is not None:
        model.fit(earlier["X"], earlier["y"], earlier["epochs"])
    fitted = model.fit(X, y, epochs)
    if another is not None:
        fit_model(submission, type(model)(X.shape[1]), None, **another, another=None)
    return fitted


def look_at(submission: Any, model: Any, what: str, rows: torch.Tensor) -> Any:
    """The weights, or predictions for `rows`."""
    if what == "weights":
        return model.w
    return model.predict(rows) if what == "predictions" else None
