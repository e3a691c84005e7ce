"""Whether `MyExp` is what the question asks for."""

from __future__ import annotations

from grader.author import CaseView, Fail


def derives_from_function(case: CaseView) -> Fail | None:
    """The class is a Function, and the graph holds its own backward pass rather than one of torch's."""
    own = case.got["own"]
    if not own["derived"]:
        return Fail("wrong_type", "MyExp is not derived from torch.autograd.Function.")
    if not own["own_node"]:
        return Fail("forbidden_operation", "The result of MyExp.apply does not carry MyExp's own backward pass.")
    return None
