"""A walk through the backward graph (INFR10086, Tutorial 3, sections 1 and 2)."""

from __future__ import annotations

import torch


def graph_nodes(tensor: torch.Tensor) -> list[str]:
    """Sorted names of the nodes that grad_fn leads to. Nodes are remembered, not ids: those are used again."""
    found = set()
    left = [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in found:
            found.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(type(node).__name__ for node in found)
