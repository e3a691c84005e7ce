"""Small whole numbers, so that every score is exact, drawn until the usual mistakes show in weights and counts."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

TRIES = 60
ON_ZERO = ("sgn(0) = 0", "sgn(0) = -1", "0 is never wrong")
SLIPS = (*ON_ZERO, "backwards", "next row first", "batch", "always", "no state", "restarts")

Rows = list[list[int]]


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    X = torch.tensor([[2.0, 1.0], [1.0, -1.0], [-1.0, -2.0]])
    return {"X": X, "y": torch.tensor([1.0, -1.0, -1.0]), "w0": torch.zeros(2), "epochs": 2}


def noisy(
    rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype, from_zero: bool = True
) -> dict[str, Any]:
    """Labels at random, so that mistakes go on; the weights begin at zero or elsewhere."""
    best, most = _noisy(rng, n, d, from_zero), -1
    for _ in range(TRIES):
        drawn = _noisy(rng, n, d, from_zero)
        told = _told_apart(*drawn, epochs)
        if told > most:
            best, most = drawn, told
        if most == 2 * (len(SLIPS) + 2) + 1:
            break
    return _as_tensors(*best, epochs, dtype)


def noisy_with_gaps(rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with tensors that are not contiguous in memory."""
    made = noisy(rng, n, d, epochs, dtype)
    return {**made, "X": noncontiguous(made["X"]), "y": noncontiguous(made["y"])}


def large(rng: torch.Generator) -> dict[str, Any]:
    """Two rows of whole numbers that single precision would round. All are mistakes, and small weights are left."""
    signs, left = 2 * torch.randint(0, 2, (2,), generator=rng) - 1, 2 * torch.randint(1, 5, (2,), generator=rng) + 1
    row = 2**24 + 1 + 2 * torch.randint(0, 1000, (2,), generator=rng)
    X = signs * torch.stack([row, row + left])
    return _as_tensors(X.tolist(), [-1, 1], [0, 0], 2, torch.float64)


def separable(rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    """Labels that a perceptron can learn, and does: the first two epochs see mistakes, the last two none."""
    best = _separable(rng, n, d)
    for _ in range(TRIES):
        drawn = _separable(rng, n, d)
        counts = _trained(*drawn, epochs)[1]
        if min(counts[:2]) > 0 and max(counts[-2:]) == 0 and _told_apart(*drawn, 2) >= len(SLIPS):
            best = drawn
            break
    return _as_tensors(*best, epochs, dtype)


def _noisy(rng: torch.Generator, n: int, d: int, from_zero: bool) -> tuple[Rows, list[int], list[int]]:
    labels = (2 * torch.randint(0, 2, (n,), generator=rng) - 1).tolist()
    w0 = [0] * d if from_zero else _whole(rng, 1, d)[0]
    return _whole(rng, n, d), labels, w0


def _separable(rng: torch.Generator, n: int, d: int) -> tuple[Rows, list[int], list[int]]:
    X, direction = _whole(rng, n, d), _whole(rng, 1, d)[0]
    return X, [1 if _score(direction, x) >= 0 else -1 for x in X], [0] * d


def _whole(rng: torch.Generator, n: int, d: int) -> Rows:
    """Between 1 and 3 in size."""
    signs = 2 * torch.randint(0, 2, (n, d), generator=rng) - 1
    rows: Rows = (signs * torch.randint(1, 4, (n, d), generator=rng)).tolist()
    return rows


def _score(w: list[int], x: list[int]) -> int:
    return sum(a * b for a, b in zip(w, x, strict=True))


def _told_apart(X: Rows, y: list[int], w0: list[int], epochs: int) -> int:
    """How many of the weights and counts of wrong algorithms, and of neighbouring numbers of epochs, are others.

    One more if no two wrong algorithms end with the same weights, so that each can be named.
    """
    weights, counts = _trained(X, y, w0, epochs)
    others = [_trained(X, y, w0, epochs, slip) for slip in SLIPS]
    told = sum((w != weights) + (c != counts) for w, c in others)
    longer, more = _trained(X, y, w0, epochs + 1)
    shorter = _trained(X, y, w0, epochs - 1)[0]
    told += len({tuple(w) for w, _ in others}) == len(SLIPS)
    return told + (shorter != weights) + (longer != weights) + (more[-1] > 0) + (min(counts) > 0)


def _trained(X: Rows, y: list[int], w0: list[int], epochs: int, slip: str = "") -> tuple[list[int], list[int]]:
    """Weights and mistakes of the algorithm, or of one with a slip."""
    w, counts = w0, []
    order = list(range(len(X)))
    if slip == "backwards":
        order.reverse()
    if slip == "next row first":
        order = order[1:] + order[:1]
    for _ in range(epochs):
        if slip == "restarts":
            w = w0
        count, seen = 0, w
        for i in order:
            score = _score(seen if slip == "batch" else w0 if slip == "no state" else w, X[i])
            wrong = score * y[i] < 0 or (score == 0 and y[i] < 0)
            if score == 0 and slip in ON_ZERO:
                wrong = slip == "sgn(0) = 0" or (slip == "sgn(0) = -1" and y[i] > 0)
            count += wrong
            if wrong or slip == "always":
                w = [a + y[i] * b for a, b in zip(w, X[i], strict=True)]
        counts.append(count)
    return w, counts


def _as_tensors(X: Rows, y: list[int], w0: list[int], epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    tensors = {"X": X, "y": y, "w0": w0}
    return {**{name: torch.tensor(rows, dtype=dtype) for name, rows in tensors.items()}, "epochs": epochs}
