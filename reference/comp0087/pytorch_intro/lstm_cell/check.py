"""Recognises the numbers of a cell that was wired in a familiar wrong way."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import torch
from torch import Tensor

from grader.author import CaseView, Fail

ROLES = ("i", "f", "o", "c")


def familiar_slips(case: CaseView) -> Fail | None:
    """Says what a wrong answer looks like; the numbers themselves are compared elsewhere."""
    got = [part.detach().double() for part in case.got["value"]]
    made = {name: value.detach().double() for name, value in case.inputs.items()}
    right = _step(made)
    if any(part.shape != right[0].shape for part in got) or _same(got, right):
        return None
    for order in permutations(ROLES):
        if _same(got, _step(made, roles=order)):
            moved = [f"W_{role}" for role, other in zip(ROLES, order, strict=True) if role != other]
            return Fail("swapped", f"{' and '.join(moved)}, or what is computed from them, have changed places.")
    if _same(got, _step(made, x_first=False)):
        return Fail("permuted", "These are the states that come out when h_prev stands above x_t.")
    return None


def _step(made: dict[str, Any], *, roles: tuple[str, ...] = ROLES, x_first: bool = True) -> list[Tensor]:
    parts = [made["x_t"], made["h_prev"]]
    s = torch.cat(parts if x_first else parts[::-1])
    i, f, o, candidate = (made[f"W_{role}"] @ s + made[f"b_{role}"] for role in roles)
    c = torch.sigmoid(f) * made["c_prev"] + torch.sigmoid(i) * torch.tanh(candidate)
    return [torch.sigmoid(o) * torch.tanh(c), c]


def _same(got: list[Tensor], wanted: list[Tensor]) -> bool:
    return all(torch.allclose(a, b, rtol=1e-4, atol=1e-5) for a, b in zip(got, wanted, strict=True))
