"""A guess at what a submission will import, so that it is in memory. A wrong guess costs a second, never a verdict."""

from __future__ import annotations

import re

from grader.spec.model import Operators
from grader.spec.question import Question

# Optimizers, functional transforms, dispatch modes and checkpoints import torch's compiler when first used.
_USES_DYNAMO = re.compile(
    rb"\boptim\b|\bfunctorch\b|torch\.func\b|import func\b|\bvmap\b|jvp|vjp|jac(rev|fwd)|hessian|\.compile\(|_dynamo"
    rb"|TorchDispatchMode|checkpoint"
)


def wants_dynamo(source: bytes, question: Question) -> bool:
    """Whether a process with this submission to `question` will use torch's compiler."""
    return counts_operators(question) or uses_meta(question) or _USES_DYNAMO.search(source) is not None


def judging_wants_dynamo(question: Question) -> bool:
    """Whether the judge of `question` will."""
    code = b"\n".join(text for name, text in question.files.items() if name.endswith(".py") and "samples/" not in name)
    return wants_dynamo(code, question)


def uses_meta(question: Question) -> bool:
    """Whether some case is on the meta device, whose arithmetic is made of the compiler's decompositions."""
    return any("meta" in case.args.values() for case in question.spec.cases)


def counts_operators(question: Question) -> bool:
    """Whether some case looks at the operators executed, which takes a dispatch mode."""
    spec = question.spec
    return any(spec.grade_of(case).operators != Operators() for case in spec.cases)
