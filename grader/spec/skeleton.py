"""A new question that can be loaded and verified at once: an example for its author to change."""

from __future__ import annotations

from dataclasses import dataclass

from grader.errors import UsageError
from grader.spec.find import QUESTION_ID
from grader.spec.question import CASES_FILE, SAMPLES, SOLUTION_FILE, SPEC_FILE, STARTER_FILE, STATEMENT_FILE
from grader.spec.signature import parse_signature

SPEC = """title = "{title}"
kind = "code"
source = "where the exercise comes from: course, tutorial, section, equation"

[entry]
kind = "{kind}"
name = "{name}"
parameters = [{quoted}]

# What is compared. `docs/authoring.md` lists everything that can be.
[grade]
{gradients}# of the summed result, with respect to these inputs
pure = true                       # inputs must come back as they were
{steps}
[[group]]
name = "value"
points = 3

[[group]]
name = "edges"
points = 1
all_or_nothing = true

[[case]]
name = "a small example"
group = "value"
visibility = "public"             # students see its inputs; hidden ones draw fresh inputs for every submission
make = "normal"                   # function of cases.py
args = {{ n = 3, dtype = "float64" }}
seed = 1

[[case]]
name = "many numbers"
group = "value"
visibility = "hidden"
make = "normal"
args = {{ n = 50, dtype = "float64" }}
shrink = {{ n = 1 }}                  # how small the counterexample shown to a student may get

[[case]]
name = "in single precision"
group = "value"
visibility = "hidden"
make = "normal"
args = {{ n = 20, dtype = "float32" }}
shrink = {{ n = 1 }}

[[case]]
name = "a single number"
group = "edges"
visibility = "hidden"
make = "normal"
args = {{ n = 1, dtype = "float64" }}

# Read when a case gets this diagnosis (the words are in grader/vocab.py).
[[hint]]
diagnosis = "detached"
text = "Does a gradient still reach `{first}`? `.item()`, `.detach()` and NumPy cut the graph."
"""

CLASS_STEPS = """
[[step]]
call = "submission"               # makes the object
as = "module"

[[step]]
call = "module"
args = [{quoted}]
as = "result"
"""

CASES = '''"""Makes the inputs of the cases: `rng` is seeded anew for every call."""

from __future__ import annotations

import torch


def normal(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """Vectors of `n` standard normal numbers; gradients are asked of the first."""
    return {{
{inputs}    }}
'''

STATEMENT = """# {title}

Write {what} `{name}` that, given {arguments}, returns

$$
{formula} .
$$

It must not change its arguments, and a gradient must reach `{first}`.
"""

FUNCTION = '''import torch


def {name}({annotated}) -> torch.Tensor:
    """{summary}"""
{body}'''

CLASS = '''import torch
from torch import nn


class {name}(nn.Module):
    """{summary}"""

    def forward(self, {annotated}) -> torch.Tensor:
{body}'''


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Files of a new question; the secret ones are under `reference/…`, as in `Question.files`."""

    question_id: str
    files: dict[str, bytes]


def skeleton(question_id: str, entry: str, *, is_class: bool = False) -> Skeleton:
    """An example with the entry point `entry`, such as `f(a, b)`; for a class these are the arguments of its call.

    Raises UsageError when the id or the entry point is not one.
    """
    checked_id(question_id)
    signature = parse_signature(entry)
    name, parameters = signature.name, signature.names
    quoted = ", ".join(f'"{parameter}"' for parameter in parameters)
    first = parameters[0]
    words = {
        "title": title_of(question_id),
        "name": name,
        "kind": "class" if is_class else "function",
        "what": "a module" if is_class else "a function",
        "first": first,
        "gradients": f'gradients = ["{first}"]'.ljust(33) + " ",  # the comments behind it stand in one column
        "quoted": "" if is_class else quoted,
        "steps": CLASS_STEPS.format(quoted=quoted) if is_class else "",
        "annotated": ", ".join(f"{parameter}: torch.Tensor" for parameter in parameters),
        "arguments": listed([f"`{parameter}`" for parameter in parameters]),
        "formula": " + ".join(f"\\textstyle\\sum_i {_symbol(parameter)}_i^2" for parameter in parameters),
        "inputs": "".join(_input(parameter, leaf=parameter == first) for parameter in parameters),
        "summary": f"The sum of the squares of {listed(list(parameters))}.",
    }
    sums = " + ".join(f"({parameter} * {parameter}).sum()" for parameter in parameters)
    powers = " + ".join(f"{parameter}.pow(2).sum()" for parameter in parameters)
    bodies = {
        STARTER_FILE: ("", ["raise NotImplementedError"]),
        SOLUTION_FILE: ("", [f"return {sums}"]),
        SAMPLES + "right_power.py": ("# verdict: accepted\n# about: another way to write it\n", [f"return {powers}"]),
        SAMPLES + "wrong_mean.py": (
            "# verdict: partial\n# diagnosis: mean_for_sum\n# about: takes the mean; right only for a single number\n",
            [f"return {sums.replace('.sum()', '.mean()')}"],
        ),
        SAMPLES + "wrong_detached.py": (
            "# verdict: wrong_answer\n# diagnosis: detached\n# about: cuts the graph\n",
            [f"{first} = {first}.detach()", f"return {sums}"],
        ),
    }
    files = {
        path: template.format(**words)
        for path, template in {SPEC_FILE: SPEC, CASES_FILE: CASES, STATEMENT_FILE: STATEMENT}.items()
    }
    for path, (head, lines) in bodies.items():
        body = "".join(f"{'    ' * (2 if is_class else 1)}{line}\n" for line in lines)
        files[path] = head + (CLASS if is_class else FUNCTION).format(**words, body=body)
    return Skeleton(question_id, {path: text.encode() for path, text in files.items()})


def checked_id(question_id: str) -> None:
    """Raises UsageError when it is no id of a question."""
    if not QUESTION_ID.fullmatch(question_id):
        raise UsageError(f"{question_id!r} is no id: it is course/tutorial/question, of a-z, 0-9, - and _")


def title_of(question_id: str) -> str:
    """A title to start from."""
    return question_id.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize()


def listed(words: list[str]) -> str:
    """Words as a sentence lists them."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _symbol(parameter: str) -> str:
    """A LaTeX symbol; a name of several letters is set upright."""
    return parameter if len(parameter) == 1 else f"\\mathrm{{{parameter.replace('_', '')}}}"


def _input(parameter: str, *, leaf: bool) -> str:
    asks = ", requires_grad=True" if leaf else ""
    return f'        "{parameter}": torch.randn(n, generator=rng, dtype=dtype{asks}),\n'
