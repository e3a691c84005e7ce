"""Notebooks: what is taken from them, and what is said about those that cannot be taken."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from grader.services.handing_in.notebook import MAX_NOTEBOOK_BYTES, source_from_notebook
from grader.services.refusals import Reason, Refused


def notebook(*cells: str, **extra: Any) -> bytes:
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True), "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "nbformat": 4, "metadata": {}, **extra}).encode()


def run(source: str) -> dict[str, Any]:
    """What the source defines."""
    defined: dict[str, Any] = {}
    exec(compile(source, "submission.py", "exec"), defined)
    return defined


def refusal(raw: bytes, entry_name: str = "f") -> Refused:
    with pytest.raises(Refused) as refused:
        source_from_notebook(raw, entry_name)
    return refused.value


def test_the_cell_with_the_entry_point_is_taken_and_the_others_are_not() -> None:
    source = source_from_notebook(notebook("print('hello')", "def f(x):\n    return x + 1", "f(3) * 1000"), "f")
    assert "hello" not in source
    assert "1000" not in source
    assert run(source)["f"](1) == 2


def test_what_the_entry_point_needs_comes_along_through_several_cells() -> None:
    source = source_from_notebook(
        notebook(
            "import math\nimport random",
            "SCALE = 2\nUNUSED = 3",
            "def scaled(x):\n    return math.floor(x) * SCALE",
            "class Unused: pass",
            "def f(x):\n    return scaled(x) + 1",
        ),
        "f",
    )
    assert run(source)["f"](2.5) == 5
    for unused in ("random", "UNUSED", "Unused"):
        assert unused not in source


def test_a_local_variable_does_not_pull_in_a_global_one_of_its_name() -> None:
    source = source_from_notebook(
        notebook("model = train_for_an_hour()", "def f(x):\n    model = x\n    return model"), "f"
    )
    assert "train_for_an_hour" not in source


def test_the_last_definition_wins() -> None:
    cells = (
        "def f(x):\n    return 1",
        "def g():\n    return 1",
        "def f(x):\n    return g() + 1",
        "def g():\n    return 41",
    )
    assert run(source_from_notebook(notebook(*cells), "f"))["f"](0) == 42


def test_a_default_value_is_what_it_was_when_the_function_was_defined() -> None:
    source = source_from_notebook(notebook("n = 1", "def f(x=n):\n    return x", "n = 2"), "f")
    assert run(source)["f"]() == 1


def test_a_class_comes_with_its_bases_decorators_and_annotations() -> None:
    source = source_from_notebook(
        notebook(
            "from dataclasses import dataclass",
            "Number = float",
            "class Base:\n    pass",
            "# the answer\n@dataclass\nclass f(Base):\n    x: Number = 1.0",
        ),
        "f",
    )
    assert run(source)["f"]().x == 1.0
    assert "# the answer" in source


def test_cells_out_of_order_are_put_in_an_order_that_runs() -> None:
    source = source_from_notebook(notebook("def f(x=START):\n    return x", "START = 7"), "f")
    assert run(source)["f"]() == 7


def test_a_constant_changed_in_place_keeps_its_changes() -> None:
    source = source_from_notebook(notebook("c = {'a': 1}", "c['b'] = 2\nc['a'] += 10", "def f():\n    return c"), "f")
    assert run(source)["f"]()["b"] == 2


def test_magics_and_shell_lines_are_left_out() -> None:
    source = source_from_notebook(
        notebook(
            "%matplotlib inline\n!pip install torch\nimport math",
            "%%time\ndef g(x):\n    return x % 3",
            "%%bash\nrm -rf /",
            "files = !ls\ndef f(x):\n    %timeit g(x)\n    return g(x) + math.floor(1.5)\nf?",
        ),
        "f",
    )
    assert run(source)["f"](5) == 3
    for magic in ("%matplotlib", "!pip", "%%", "rm -rf", "!ls", "%timeit"):
        assert magic not in source


def test_an_indented_percent_sign_is_not_mistaken_for_a_magic() -> None:
    source = source_from_notebook(notebook("def f(x):\n    return (x\n        % 3)\ns = '''\n%time\n'''"), "f")
    assert run(source)["f"](5) == 2


def test_two_statements_on_a_line_are_told_apart() -> None:
    source = source_from_notebook(notebook("n = 'é'; print('shown')  # both", "def f():\n    return n"), "f")
    assert run(source)["f"]() == "é"
    assert "shown" not in source


def test_every_import_of_a_package_is_kept_and_star_imports_are() -> None:
    source = source_from_notebook(
        notebook("import xml.dom\nimport xml.sax", "from math import *", "def f(x):\n    return xml.sax, floor(x)"), "f"
    )
    assert run(source)["f"](1.5)[1] == 1
    assert "import xml.dom" in source


def test_a_future_import_stands_first_wherever_it_was() -> None:
    source = source_from_notebook(
        notebook("n = 1", "from __future__ import annotations", "def f(x: Nowhere = n):\n    return x"), "f"
    )
    assert run(source)["f"]() == 1


def test_old_notebooks_and_byte_order_marks_are_read() -> None:
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["def f():\n", "    return 3"]}]}]}
    assert run(source_from_notebook(b"\xef\xbb\xbf" + json.dumps(old).encode(), "f"))["f"]() == 3


def test_an_entry_point_that_is_missing_is_named_beside_those_there_are() -> None:
    refused = refusal(notebook("def tensor_ad(a, b):\n    return a", "import math"), "tensor_add")
    assert refused.reason is Reason.INVALID
    assert "tensor_add" in str(refused)
    assert "tensor_ad." in str(refused)


def test_a_cell_that_is_no_python_is_named_with_its_line() -> None:
    assert "Code cell 2" in str(refusal(notebook("import math", "def f(x):\n    return (x")))
    assert "line 2" in str(refusal(notebook("import math", "def f(x):\n    retrun x x")))


def test_a_broken_cell_that_is_not_needed_does_not_matter() -> None:
    assert run(source_from_notebook(notebook("this is ] no python", "def f():\n    return 1"), "f"))["f"]() == 1


def test_an_entry_point_imported_from_elsewhere_is_asked_for() -> None:
    assert "imports f" in str(refusal(notebook("from mine import f")))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"def f(): pass",
        b"[1, 2]",
        b'{"cells": 3}',
        b"\xff\xfe\x00",
        b'{"cells": [{"cell_type": "code", "source": [1]}]}',
        b"[" * 1_000_000,
        b'{"cells": [], "metadata": ' + b'{"a":' * 500_000 + b"1" + b"}" * 500_000 + b"}",
    ],
)
def test_what_is_no_notebook_is_refused_with_what_to_do(raw: bytes) -> None:
    refused = refusal(raw)
    assert refused.reason in {Reason.INVALID, Reason.EMPTY}


def test_a_notebook_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refusal(b" " * (MAX_NOTEBOOK_BYTES + 1)).reason is Reason.TOO_LARGE
    assert refusal(notebook("x = 1\n" * 200_000)).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "hostile",
    ["x = " + "(" * 5_000 + ")" * 5_000, "x = " + "-" * 300_000 + "1", "x = a" + ".b" * 100_000, "x = '\0'"],
)
def test_sources_that_kill_a_parser_kill_no_site(hostile: str) -> None:
    assert refusal(notebook(hostile, "def g(): pass")).reason is Reason.INVALID


def test_five_thousand_cells_are_read_quickly() -> None:
    cells = [f"import math\ndef g{n}(x):\n    return math.floor(x) + {n}\n%time g{n}(1)" for n in range(5_000)]
    began_s = time.monotonic()
    source = source_from_notebook(notebook(*cells, "def f(x):\n    return g4999(x)"), "f")
    assert run(source)["f"](1) == 5_000
    assert time.monotonic() - began_s < 8
