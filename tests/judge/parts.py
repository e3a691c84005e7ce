"""A question in five parts that build on each other, from the data to one step of training."""

from __future__ import annotations

from tests.judge.questions import question

PARTS = ("inputs", "scores", "loss", "gradient", "updated")

SPEC = """
title = "One step of training, part by part"
kind = "code"
source = "tests"
{head}
[entry]
kind = "class"
name = "Training"
parameters = []

[[step]]
call = "submission.standardised"
args = ["x"]
as = "inputs"
follow_through = true
[[step]]
call = "submission.scores"
args = ["inputs", "w"]
as = "scores"
follow_through = true
[[step]]
call = "submission.loss"
args = ["scores", "y"]
as = "loss"
follow_through = true
[[step]]
call = "submission.gradient"
args = ["inputs", "scores", "y"]
as = "gradient"
follow_through = true
[[step]]
call = "submission.step"
args = ["w", "gradient", "loss"]
as = "updated"
{tail}
"""

CASES = """
import torch


def data(rng, n, d):
    x = 3 * torch.randn(n, d, generator=rng) + 1
    return {"x": x, "y": torch.randn(n, generator=rng), "w": torch.randn(d, generator=rng)}
"""

SOLUTION = """
class Training:
    @staticmethod
    def standardised(x):
        return (x - x.mean(dim=0)) / x.std(dim=0)

    @staticmethod
    def scores(inputs, w):
        return inputs @ w

    @staticmethod
    def loss(scores, y):
        return ((scores - y) ** 2).mean()

    @staticmethod
    def gradient(inputs, scores, y):
        return 2 * inputs.T @ (scores - y) / len(y)

    @staticmethod
    def step(w, gradient, loss):
        return w - 0.1 * gradient, float(loss)
"""


def five_parts(head: str = "", tail: str = "", **files: str) -> dict[str, bytes]:
    """The files of the question; each part has a group of two points with a public and a hidden case."""
    cases = ""
    for seed, part in enumerate(PARTS):
        cases += f'[[group]]\nname = "{part}"\npoints = 2\n'
        for visibility in ("public", "hidden"):
            cases += f'[[case]]\nname = "{part}, {visibility}"\ngroup = "{part}"\nvisibility = "{visibility}"\n'
            cases += 'make = "data"\nargs = { n = 6, d = 3 }\n'
            cases += f"seed = {seed}\n" if visibility == "public" else ""
            cases += f'[case.grade]\nof = "{part}"\n'
    spec = SPEC.format(head=head, tail=cases + tail)
    starter = "class Training:\n    pass\n"
    return question(spec, CASES, SOLUTION, starter, **files)


def with_part(old: str, new: str) -> str:
    """The solution with one expression changed."""
    assert old in SOLUTION
    return SOLUTION.replace(old, new)
