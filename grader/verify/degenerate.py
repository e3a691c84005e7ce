"""Submissions that are no solution and must never get full marks."""

from __future__ import annotations

from grader.spec.model import RESULT, SUBMISSION, Entry, QuestionSpec
from grader.spec.question import SOLUTION_FILE, STARTER_FILE, Question

# Answers as the reference gives them, with every number put through `_changed`. The graph stays attached where it can,
# so that nothing but the value gives these away.
LIKE_THE_ANSWER = """

def _like(value):
    import torch

    if value is None:
        return None
    if isinstance(value, (str, bytes)):
        return value[:0]
    if isinstance(value, torch.nn.Module):
        with torch.no_grad():
            for tensor in (*value.parameters(), *value.buffers()):
                tensor.copy_(_like(tensor))
        return value
    if isinstance(value, torch.Tensor):
        inexact = value.is_floating_point() or value.is_complex()
        return _changed(value) if inexact else _changed(torch.zeros_like(value)).to(value.dtype)
    if isinstance(value, dict):
        return {key: _like(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_like, value))
    if isinstance(value, (list, tuple)):
        return type(value)(map(_like, value))
    if isinstance(value, bool):
        return bool(_changed(0))
    try:
        return type(value)(_changed(value))
    except TypeError:
        return value
"""
CHANGES = {
    "zeros shaped like the answer": "\n\ndef _changed(number):\n    return number * 0\n",
    "ones shaped like the answer": "\n\ndef _changed(number):\n    return number * 0 + 1\n",
}


def degenerate_sources(question: Question) -> dict[str, bytes]:
    """Sources by what they are, in words that fit behind "a submission that is"."""
    entry = question.spec.entry_point
    sources = {
        "the starter": question.files[STARTER_FILE],
        "empty": b"",
        "nothing but None": _written(question.spec, entry, "None"),
    }
    if entry.parameters or entry.kind == "class":
        sources["the first input handed back"] = _written(question.spec, entry, "first")
    solution = question.text(SOLUTION_FILE)
    for name, changed in CHANGES.items():
        wrapped = wrapped_answer(question.spec, "_like({function}(*{arguments}, **{named}))")
        if wrapped is not None:
            sources[name] = (solution + changed + LIKE_THE_ANSWER + wrapped).encode()
    return sources


def wrapped_answer(spec: QuestionSpec, expression: str) -> str | None:
    """Code behind a solution that gives another answer in its place.

    `expression` computes it from `{function}`, which gives the solution's own answer when called with the tuple
    `{arguments}` and the dict `{named}`, and from `{owner}`, the object whose method that is, or None.
    The result is None where no one call gives the answer, as when it is what a constructor makes.
    """
    entry = spec.entry_point
    if entry.kind == "function":
        parameters = ", ".join(entry.parameters)
        arguments = f"({parameters},)" if parameters else "()"
        answer = expression.format(function="_answer", arguments=arguments, named="{}", owner=None)
        return f"\n\n_answer = {entry.name}\n\n\ndef {entry.name}({parameters}):\n    return {answer}\n"
    targets = [step.call for step in spec.steps if step.as_ == RESULT and step.call is not None]
    if len(targets) != 1 or targets[0] == SUBMISSION:
        return None
    owner, _, method = targets[0].partition(".")
    words = {"arguments": "arguments", "named": "named"}
    if owner == SUBMISSION:
        # A static method, not one of the class: `torch.autograd.Function.apply` must not be bound anew.
        answer = expression.format(function=f"_answer.{method}", owner=None, **words)
        body = f"    @staticmethod\n    def {method}(*arguments, **named):\n        return {answer}\n"
    else:
        name = method or "__call__"
        answer = expression.format(function=f"super().{name}", owner="self", **words)
        body = f"    def {name}(self, *arguments, **named):\n        return {answer}\n"
    return f"\n\n_answer = {entry.name}\n\n\nclass {entry.name}({entry.name}):\n{body}"


def _written(spec: QuestionSpec, entry: Entry, answer: str) -> bytes:
    """A submission with the right names and parameters; `answer` is `None` or `first`, the first argument."""
    parameters = ", ".join(entry.parameters)
    if entry.kind == "function":
        returned = entry.parameters[0] if answer == "first" else answer
        return f"def {entry.name}({parameters}):\n    return {returned}\n".encode()
    lines = [f"class {entry.name}:", f"    def __init__(self, {parameters}):", "        pass"]
    methods: dict[str, bool] = {}
    for step in spec.steps:
        if step.call is not None and step.call != SUBMISSION:
            owner, _, method = step.call.partition(".")
            methods[method or "__call__"] = owner == SUBMISSION
    returned = "first" if answer == "first" else "None"
    for method, is_static in methods.items():
        if is_static:
            lines.append("    @staticmethod")
        before = "" if is_static else "self, "
        lines += [f"    def {method}({before}first=None, *arguments, **named):", f"        return {returned}"]
    return "\n".join([*lines, ""]).encode()
