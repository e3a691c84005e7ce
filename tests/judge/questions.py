"""Small whole questions for these tests, made of text."""

from __future__ import annotations

NLL_SPEC = """
title = "Negative log-likelihood"
kind = "code"
source = "tests"
{head}
[entry]
kind = "function"
name = "neg_log_likelihood"
parameters = ["samples", "mu", "var_"]
[grade]
gradients = ["mu"]
pure = true
[[group]]
name = "value"
points = 4
[[group]]
name = "edges"
points = 2
all_or_nothing = true
[[case]]
name = "three samples"
group = "value"
visibility = "public"
make = "gaussian"
args = {{ n = 5, d = 3, var_ = 0.5, dtype = "float32" }}
seed = 11
shrink = {{ n = 1, d = 1 }}
[[case]]
name = "double precision"
group = "value"
visibility = "public"
make = "gaussian"
args = {{ n = 7, d = 4, var_ = 2.0, dtype = "float64" }}
seed = 12
[[case]]
name = "fresh samples"
group = "value"
visibility = "hidden"
make = "gaussian"
args = {{ n = 6, d = 4, var_ = 0.5, dtype = "float32" }}
weight = 2
[[case]]
name = "one sample"
group = "edges"
visibility = "hidden"
make = "gaussian"
args = {{ n = 1, d = 2, var_ = 1.5, dtype = "float32" }}
[[case]]
name = "one dimension"
group = "edges"
visibility = "hidden"
make = "gaussian"
args = {{ n = 8, d = 1, var_ = 1.5, dtype = "float32" }}
{tail}
"""

NLL_CASES = """
import torch


def gaussian(rng, n, d, var_, dtype):
    samples = torch.randn(n, d, generator=rng, dtype=dtype)
    mu = torch.randn(d, generator=rng, dtype=dtype).requires_grad_()
    return {"samples": samples, "mu": mu, "var_": var_, "secret": 42}
"""

NLL_SOLUTION = """
import math


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    squares = ((samples - mu) ** 2).sum()
    return d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_) + squares / (2 * var_ * n)
"""


def nll(head: str = "", tail: str = "", **files: str) -> dict[str, bytes]:
    """The files of a question about a log-likelihood; `files` replace or add some (`__` stands for a slash)."""
    starter = "def neg_log_likelihood(samples, mu, var_): ...\n"
    return question(NLL_SPEC.format(head=head, tail=tail), NLL_CASES, NLL_SOLUTION, starter, **files)


def question(spec: str, cases: str, solution: str, starter: str, **files: str) -> dict[str, bytes]:
    """The files of any question."""
    texts = {
        "question.toml": spec,
        "statement.md": "What to do.\n",
        "starter.py": starter,
        "cases.py": cases,
        "reference/solution.py": solution,
        **{name.replace("__", "/") + (".py" if "." not in name else ""): text for name, text in files.items()},
    }
    return {name: text.encode() for name, text in texts.items()}


def function(
    solution: str, cases: str, parameters: str, *, grade: str = "", head: str = "", tail: str = "", **files: str
) -> dict[str, bytes]:
    """A question about a function `f`; `make(rng, k)` makes its cases: public with k = 4 and 6, hidden with 5."""
    names = [name.strip() for name in parameters.split(",") if name.strip()]
    spec = f"""
title = "f"
kind = "code"
source = "tests"
{head}
[entry]
kind = "function"
name = "f"
parameters = {names!r}
[grade]
{grade}
[[group]]
name = "all"
points = 2
[[case]]
name = "four"
group = "all"
visibility = "public"
make = "make"
args = {{ k = 4 }}
seed = 1
[[case]]
name = "six"
group = "all"
visibility = "public"
make = "make"
args = {{ k = 6 }}
seed = 2
[[case]]
name = "five"
group = "all"
visibility = "hidden"
make = "make"
args = {{ k = 5 }}
{tail}
"""
    return question(spec, "import torch\n" + cases, "import torch\n" + solution, f"def f({parameters}): ...\n", **files)
