"""Small whole numbers, so that every score is exact, drawn until the usual mistakes show in the weights."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

TRIES = 60
POOL = 300  # rows to choose from for predictions
ON_ZERO = ("sgn(0) = 0", "sgn(0) = -1", "0 is never wrong")
SLIPS = (*ON_ZERO, "backwards", "next row first", "batch", "always", "restarts")

Rows = list[list[int]]
Data = tuple[Rows, list[int]]


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    X = [[2, 1], [1, -1], [-1, -2]]
    return _using((X, [1, -1, -1]), 1, torch.float32, "weights", torch.ones(1, 2))


def once(
    rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype, what: str = "weights", new: int = 1
) -> dict[str, Any]:
    """One fit to labels at random; `new` rows to predict, of both classes and with scores of zero among them."""
    data = _telling(rng, n, d, epochs, [0] * d)
    return _using(data, epochs, dtype, what, _new_rows(rng, new, _trained(*data, [0] * d, epochs), dtype))


def once_with_gaps(rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with tensors that are not contiguous in memory."""
    made = once(rng, n, d, epochs, dtype)
    return {**made, "X": noncontiguous(made["X"]), "y": noncontiguous(made["y"])}


def twice(
    rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype, what: str = "weights", new: int = 1
) -> dict[str, Any]:
    """Another fit before: who begins with its weights ends elsewhere, and so does who adds nothing to them."""
    before = _telling(rng, n + 1, d, epochs, [0] * d)
    old = _trained(*before, [0] * d, epochs)
    data = _telling(rng, n, d, epochs, old)
    rows = _new_rows(rng, new, _trained(*data, [0] * d, epochs), dtype, other=_trained(*data, old, epochs))
    made = _using(data, epochs, dtype, what, rows)
    return {**made, "earlier": {**_tensors(before, dtype), "epochs": epochs}}


def beside_another(rng: torch.Generator, n: int, d: int, epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    """The data of a second fit, but the fit before is that of another object."""
    made = twice(rng, n, d, epochs, dtype)
    return {**made, "earlier": None, "another": made["earlier"]}


def large(rng: torch.Generator) -> dict[str, Any]:
    """Two rows of whole numbers that single precision would round. All are mistakes, and small weights are left."""
    signs, left = 2 * torch.randint(0, 2, (2,), generator=rng) - 1, 2 * torch.randint(1, 5, (2,), generator=rng) + 1
    row = 2**24 + 1 + 2 * torch.randint(0, 1000, (2,), generator=rng)
    X = signs * torch.stack([row, row + left])
    return _using((X.tolist(), [-1, 1]), 2, torch.float64, "weights", torch.ones(1, 2, dtype=torch.float64))


def one_row(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """One negative row with one feature, which is a mistake in the first epoch only."""
    return _using((_whole(rng, 1, 1), [-1]), 2, dtype, "weights", torch.ones(1, 1, dtype=dtype))


def _telling(rng: torch.Generator, n: int, d: int, epochs: int, old: list[int]) -> Data:
    """Data on which the most of the wrong algorithms, a start at `old` and other numbers of epochs among them, show."""
    zero = [0] * d
    best, most = _noisy(rng, n, d), -1
    for _ in range(TRIES):
        drawn = _noisy(rng, n, d)
        w = _trained(*drawn, zero, epochs)
        others = [_trained(*drawn, zero, epochs, slip) for slip in SLIPS]
        others += [_trained(*drawn, zero, count) for count in {epochs - 1, epochs + 1}]
        others += [old, _trained(*drawn, old, epochs)] if any(old) else []
        told = sum(other != w for other in [*others, zero])
        if told > most:
            best, most = drawn, told
        if most > len(others):
            break
    return best


def _new_rows(
    rng: torch.Generator, n: int, w: list[int], dtype: torch.dtype, other: list[int] | None = None
) -> torch.Tensor:
    """Rows with scores below, at and above zero in turn, those before for which the weights `other` say otherwise."""
    pool = torch.cat([torch.randint(-3, 4, (POOL, len(w)), generator=rng), torch.zeros(1, len(w), dtype=torch.int64)])
    scores = pool @ torch.tensor(w)
    sides = [pool[scores < 0], pool[scores == 0], pool[scores > 0]]
    if other is not None:
        said = [side @ torch.tensor(other) >= 0 for side in sides]
        sides = [torch.cat([sides[0][said[0]], sides[0]]), sides[1], torch.cat([sides[2][~said[2]], sides[2]])]
    chosen = [side[i] for i in range(n) for side in sides if i < len(side)][:n]
    order = torch.randperm(len(chosen), generator=rng)
    return torch.stack(chosen)[order].to(dtype)


def _noisy(rng: torch.Generator, n: int, d: int) -> Data:
    return _whole(rng, n, d), (2 * torch.randint(0, 2, (n,), generator=rng) - 1).tolist()


def _whole(rng: torch.Generator, n: int, d: int) -> Rows:
    """Between 1 and 3 in size."""
    signs = 2 * torch.randint(0, 2, (n, d), generator=rng) - 1
    rows: Rows = (signs * torch.randint(1, 4, (n, d), generator=rng)).tolist()
    return rows


def _trained(X: Rows, y: list[int], w: list[int], epochs: int, slip: str = "") -> list[int]:
    """Weights of the algorithm, or of one with a slip."""
    first = w
    order = list(range(len(X)))
    if slip == "backwards":
        order.reverse()
    if slip == "next row first":
        order = order[1:] + order[:1]
    for _ in range(epochs):
        w = first if slip == "restarts" else w
        seen = w
        for i in order:
            score = sum(a * b for a, b in zip(seen if slip == "batch" else w, X[i], strict=True))
            wrong = score * y[i] < 0 or (score == 0 and y[i] < 0)
            if score == 0 and slip in ON_ZERO:
                wrong = slip == "sgn(0) = 0" or (slip == "sgn(0) = -1" and y[i] > 0)
            if wrong or slip == "always":
                w = [a + y[i] * b for a, b in zip(w, X[i], strict=True)]
    return w


def _tensors(data: Data, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    return {"X": torch.tensor(data[0], dtype=dtype), "y": torch.tensor(data[1], dtype=dtype)}


def _using(data: Data, epochs: int, dtype: torch.dtype, what: str, rows: torch.Tensor) -> dict[str, Any]:
    return {
        "n_features": len(data[0][0]),
        "earlier": None,
        "another": None,
        **_tensors(data, dtype),
        "epochs": epochs,
        "what": what,
        "rows": rows,
    }
