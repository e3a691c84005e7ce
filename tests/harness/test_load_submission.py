from __future__ import annotations

import inspect
import pickle
import sys
from typing import Any

import pytest
import torch

from grader.harness.load_submission import load_submission
from tests.harness.running import error, load, load_error, observed


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfdef f(x):\n    return x\n",
        b"def f(x):\r\n    return x\r\n",
        b"def f(x):\n\treturn x",
        b"# -*- coding: utf-8 -*-\ndef f(x):\n    return '\xc3\xa4' and x\n",
    ],
    ids=["BOM", "CRLF", "tabs", "cookie"],
)
def test_files_from_all_kinds_of_editors_load(source: bytes) -> None:
    assert observed(load_submission(source, "f", "function", 1), {"x": 3}) == [3]


def test_code_under_main_does_not_run() -> None:
    assert observed(load("def f(): return 1\nif __name__ == '__main__': raise SystemExit"), {}) == [1]


def test_the_module_can_be_found_by_dataclasses_pickle_and_inspect() -> None:
    entry = load(
        """
        from __future__ import annotations
        from dataclasses import dataclass
        import torch
        @dataclass
        class Point:
            x: torch.Tensor | None = None
        def f(): return 1
        """
    )
    module: Any = sys.modules["submission"]
    assert pickle.loads(pickle.dumps(module.Point(3))) == module.Point(3)
    assert inspect.getsource(entry.target) == "def f(): return 1\n"  # type: ignore[arg-type]


def test_a_syntax_error_names_the_line_and_shows_it() -> None:
    raised = load_error("\nx = 1\ndef f(x)\n    return x\n")
    assert raised["stage"] == "compile"
    assert raised["type"] == "SyntaxError"
    assert raised["line"] == 3
    assert raised["message"] == "expected ':'"
    assert raised["frames"] == [{"line": 3, "function": "<module>", "source": "def f(x)"}]


@pytest.mark.parametrize("source", [b"x = '\xff'", b"a\0b", b"(" * 5000, b"# coding: klingon\n"], ids=str)
def test_a_file_that_cannot_be_compiled_is_a_compile_error(source: bytes) -> None:
    assert load_error(source)["stage"] == "compile"


def test_an_error_at_import_shows_the_students_frames_only() -> None:
    raised = load_error(
        """
        import torch
        def g():
            return torch.ones(2) @ torch.ones(3)
        g()
        """
    )
    assert raised["stage"] == "import"
    assert raised["type"] == "RuntimeError"
    assert raised["line"] == 4
    assert raised["frames"] == [
        {"line": 5, "function": "<module>", "source": "g()"},
        {"line": 4, "function": "g", "source": "return torch.ones(2) @ torch.ones(3)"},
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("raise SystemExit(0)", "SystemExit"), ("raise KeyboardInterrupt", "KeyboardInterrupt"), ("exit()", "SystemExit")],
)
def test_leaving_at_import_is_an_error_of_the_submission(text: str, kind: str) -> None:
    assert load_error(text)["type"] == kind


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("g = 1", "function", "MissingEntryPoint"),
        ("f = 1", "function", "NotCallable"),
        ("def f(): pass", "class", "NotAClass"),
        ("def f(a): pass", "function", "WrongParameters"),
        ("def f(a, b, c): pass", "function", "WrongParameters"),
        ("def f(a, *, b): pass", "function", "WrongParameters"),
        ("class f:\n def __init__(self, a): pass", "class", "WrongParameters"),
    ],
)
def test_an_entry_point_that_is_not_what_was_asked_for_is_named(text: str, kind: str, expected: str) -> None:
    raised = load_error(text, kind=kind, parameters=2)
    assert raised["stage"] == "entry"
    assert raised["type"] == expected
    assert "`f`" in raised["message"]


def test_a_name_that_is_nearly_the_one_asked_for_is_pointed_at() -> None:
    message = load_error("def squared_sums(a): pass", entry="sum_of_squares")["message"]
    assert message.startswith("There is no function named `sum_of_squares` in the file")
    near = load_error("def sum_of_square(a): pass", entry="sum_of_squares")["message"]
    assert "`sum_of_square`:" in near


def test_a_file_that_defines_nothing_is_told_so() -> None:
    assert load_error("# to do")["message"].endswith("it defines nothing.")


def test_the_message_on_wrong_parameters_shows_both_sides() -> None:
    message = load_error("def f(samples, mu): pass", parameters=3)["message"]
    assert message == "`f` is called with 3 arguments, by position; yours is `f(samples, mu)`."


@pytest.mark.parametrize(
    "text",
    [
        "def f(*args): pass", "def f(a, b, c=1): pass", "def f(a, b=2, *rest, **more): pass", "f = lambda a, b: 0",
        "import functools\nf = functools.partial(max, 1)", "import torch\nf = torch.add", "f = max",
        "class C:\n def __call__(self, a, b): pass\nf = C()",
        "class C:\n __signature__ = 3\n def __call__(self, a, b): pass\nf = C()",
    ],
)  # fmt: skip
def test_any_callable_that_takes_the_arguments_is_accepted(text: str) -> None:
    load(text, parameters=2)


def test_classes_are_checked_by_their_constructor() -> None:
    load("import torch\nclass f(torch.nn.Module):\n def __init__(self, a, b=1): super().__init__()", "f", "class", 2)
    load("import torch\nclass f(torch.autograd.Function): pass", "f", "class")


def test_settings_changed_at_import_are_undone() -> None:
    load(
        """
        import torch, sys
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)
        torch.set_default_device("meta")
        sys.setrecursionlimit(120)
        def f(): pass
        """
    )
    assert torch.get_default_dtype() == torch.float32
    assert torch.is_grad_enabled()
    assert torch.ones(1).device.type == "cpu"
    assert sys.getrecursionlimit() >= 1000


def test_a_hostile_exception_cannot_lie_about_its_type_or_break_the_report() -> None:
    raised = error(
        """
        class Meta(type):
            __name__ = property(lambda cls: 1 / 0)
        class Bad(Exception, metaclass=Meta):
            __traceback__ = property(lambda self: 1 / 0)
            __class__ = property(lambda self: 1 / 0)
            def __str__(self):
                print("never mind")
                raise SystemExit
        def f():
            raise Bad
        """
    )
    assert raised["type"] == "Bad"
    assert raised["message"] == "(the message could not be read)"
    assert raised["line"] == 11


@pytest.mark.parametrize(
    ("expression", "message"),
    [("'x' * 10**6", "x" * 2000), (r"'\ud800!'", "?!"), ("type('S', (str,), {'__getitem__': None})('ok')", "ok")],
)
def test_odd_messages_are_cut_and_cleaned(expression: str, message: str) -> None:
    assert error(f"def f(): raise ValueError({expression})")["message"] == message


def test_endless_recursion_is_reported_in_a_few_lines() -> None:
    raised = error("def f(n=0):\n    return f(n + 1)\n")
    assert raised["type"] == "RecursionError"
    assert raised["frames"] == [{"line": 2, "function": "f", "source": "return f(n + 1)"}]


def test_mutual_recursion_shows_at_most_ten_frames() -> None:
    raised = error("def f(): return g()\ndef g(): return h()\ndef h(): return f()\n")
    assert raised["type"] == "RecursionError"
    assert len(raised["frames"]) == 10
    assert raised["frames"][0]["function"] == "f"


def test_the_cause_of_an_error_may_be_anything() -> None:
    raised = error("def f():\n try:\n  1/0\n except ZeroDivisionError as e:\n  raise KeyError('a') from e\n")
    assert (raised["type"], raised["message"], raised["line"], raised["stage"]) == ("KeyError", "'a'", 5, "step")
