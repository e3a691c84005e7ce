"""What the parameters of a linear layer must be."""

from __future__ import annotations

from grader.author import CaseView, Fail

NAMES = ("weight", "bias")


def is_linear(case: CaseView) -> Fail | None:
    """An object with parameters was returned; whether it is an nn.Linear is compared by the grader itself."""
    if not any(case.got["parameters"][name]["registered"] for name in NAMES):
        return Fail("wrong_type", "What is returned is no layer that holds a weight and a bias.")
    return None


def has_weight_and_bias(case: CaseView) -> Fail | None:
    """weight (out_features, in_features) and bias (out_features,), both registered."""
    inputs, outputs = case.inputs["in_features"], case.inputs["out_features"]
    for name, shape in zip(NAMES, ([outputs, inputs], [outputs]), strict=True):
        parameter = case.got["parameters"][name]
        if not parameter["registered"]:
            return Fail("not_registered", f"The layer has no parameter `{name}`.")
        got = [int(length) for length in parameter["shape"]]
        if got != shape:
            diagnosis = "transposed" if name == "weight" and got == shape[::-1] else "wrong_shape"
            return Fail(diagnosis, f"`{name}` has the shape {tuple(got)} and not {tuple(shape)}.")
    return None


def is_trainable(case: CaseView) -> Fail | None:
    """Both parameters require a gradient."""
    for name in NAMES:
        if not case.got["parameters"][name]["trainable"]:
            return Fail("wrong_state", f"`{name}` does not require a gradient.")
    return None


def is_fresh(case: CaseView) -> Fail | None:
    """No two layers are one object, share memory, or begin with the same weight or bias."""
    made = case.got["made"]
    if made["shared"]:
        return Fail("aliased", "Two calls return the same layer, or layers that share a parameter.")
    for name in NAMES:
        values = [numbers[name] for numbers in made["numbers"]]
        for at, value in enumerate(values):
            if any(value.equal(other) for other in values[:at]):
                return Fail("repeated_draw", f"Two calls return layers that begin with the same `{name}`.")
    return None
