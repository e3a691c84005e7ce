"""Whatever an author gets wrong in question.toml is named with its key and its line."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from grader.spec import load_question
from tests.spec.conftest import SOUND, edited, line_text, only_fault


class Edit(NamedTuple):
    """One place changed, and the fault it must lead to."""

    old: str
    new: str
    key: str | None
    line: str | None  # text on the line that is pointed at
    says: str


EDITS = {
    "an unknown key at the top": Edit("source =", "sorce =", "sorce", "sorce =", "did you mean 'source'"),
    "an unknown key in a table": Edit(
        "wall_s = 2.0", "wall = 2.0", "limits.wall", "wall = 2.0", "did you mean 'wall_s'"
    ),
    "an unknown key of the entry": Edit("parameters =", "params =", "entry.params", "params =", "unknown key 'params'"),
    "an unknown key in an inline table": Edit(
        "rtol = 1e-8", "rtoll = 1e-8", "tolerance.float64.rtoll", "float64 = {", "did you mean 'rtol'"
    ),
    "an unknown key of a case": Edit(
        "weight = 2", "wieght = 2", "case[1].wieght", "wieght = 2", "did you mean 'weight'"
    ),
    "an unknown key of a case's own grade": Edit(
        "[case.grade]\ngradients", "[case.grade]\ngradient", "case[2].grade.gradient", "gradient = []", "'gradients'"
    ),
    "a wrong type": Edit(
        "points = 3", 'points = "3"', "group[0].points", 'points = "3"', "expected a number, got a str"
    ),
    "a wrong type in a list": Edit(
        'gradients = ["given"]', "gradients = [3]", "grade.gradients[0]", "gradients = [3]", "expected a string"
    ),
    "a wrong type in a case's own grade": Edit(
        "gradients = []", "gradients = 3", "case[2].grade.gradients", "gradients = 3", "expected a list"
    ),
    "a null type in no message": Edit(
        "seed = 4", 'seed = "4"', "case[0].seed", "seed =", "expected a whole number, got"
    ),
    "a word that is none": Edit('kind = "code"', 'kind = "kode"', "kind", 'kind = "kode"', "did you mean 'code'"),
    "a kind of entry that is none": Edit(
        'kind = "function"', 'kind = "method"', "entry.kind", 'kind = "method"', "known: class, function"
    ),
    "a diagnosis that is none": Edit(
        '"sum_for_mean"', '"sum_for_men"', "hint[0].diagnosis", "diagnosis =", "did you mean 'sum_for_mean'"
    ),
    "a missing kind": Edit('kind = "code"\n', "", None, None, "the key 'kind' is missing"),
    "a missing key of a group": Edit("points = 1\n", "", "group[1]", "[[group]]", "the key 'points' is missing"),
    "no entry": Edit(
        '[entry]\nkind = "function"\nname = "mean_squared_error"\nparameters = ["given", "target"]\n',
        "",
        None,
        None,
        "the table [entry] is missing",
    ),
    "an empty title": Edit('"Mean squared error"', '" "', "title", "title =", "must not be empty"),
    "a name Python would refuse": Edit(
        'name = "mean_squared_error"', 'name = "mean-error"', "entry.name", "mean-error", "not a Python name"
    ),
    "a parameter named twice": Edit(
        '["given", "target"]\n\n', '["given", "target", "given"]\n\n', "entry.parameters[2]", "parameters =", "twice"
    ),
    "a limit of zero": Edit("wall_s = 2.0", "wall_s = 0", "limits.wall_s", "wall_s = 0", "above 0"),
    "a run shorter than a call": Edit(
        "wall_s = 2.0", "total_wall_s = 1", "limits.total_wall_s", "total_wall_s = 1", "less time than one call"
    ),
    "a negative tolerance": Edit("atol = 1e-10", "atol = -1e-10", "tolerance.float64.atol", "float64 =", "0 or above"),
    "a tolerance that is not finite": Edit(
        "atol = 1e-10", "atol = nan", "tolerance.float64.atol", "float64 =", "finite number"
    ),
    "a tolerance of nothing": Edit(
        "{ rtol = 1e-8, atol = 1e-10 }", "{ rtol = 0, atol = 0 }", "tolerance.float64", "float64 =", "nothing but 0"
    ),
    "a gradient of what is no input": Edit(
        'gradients = ["given"]',
        'gradients = ["givn"]',
        "grade.gradients",
        "givn",
        "no input 'givn'; did you mean 'given'",
    ),
    "a gradient of a case's own that is no input": Edit(
        "gradients = []", 'gradients = ["x"]', "case[2].grade.gradients", "gradients =", "no input 'x'"
    ),
    "an input kept pure that is none": Edit(
        'pure = ["given", ', 'pure = ["gave", ', "grade.pure", "pure =", "no input 'gave'"
    ),
    "a state of what nobody makes": Edit(
        'checks = ["not_negative"]', 'state = ["layer"]', "grade.state", "state =", "no input or result 'layer'"
    ),
    "no more than the way of comparing": Edit(
        "gradients = []",
        'value = false\ngradients = []\npure = false\nchecks = []\ndtype = "any"',
        "case[2].grade",
        "[case.grade]",
        "nothing is compared",
    ),
    "no points": Edit("points = 3", "points = 0", "group[0].points", "points = 0", "above 0"),
    "a group that no case is in": Edit(
        'group = "edges"', 'group = "value"', "group[1].name", 'name = "edges"', "no case is in the group 'edges'"
    ),
    "a case of no group": Edit(
        "[[hint]]",
        '[[case]]\nname = "d"\ngroup = "valeu"\nvisibility = "hidden"\nmake = "pairs"\nargs = { n = 3 }\n[[hint]]',
        "case[3].group",
        'group = "valeu"',
        "no group 'valeu'; did you mean 'value'",
    ),
    "two cases of one name": Edit(
        '"many numbers"', '"three numbers"', "case[1].name", 'name = "three numbers"', "a second case"
    ),
    "a public case without a seed": Edit("seed = 4\n", "", "case[0]", "[[case]]", "a public case needs a seed"),
    "a hidden case with a seed": Edit(
        "weight = 2", "seed = 2", "case[1].seed", "seed = 2", "a hidden case has no seed"
    ),
    "a weight of zero": Edit("weight = 2", "weight = 0", "case[1].weight", "weight = 0", "above 0"),
    "a dtype that is none": Edit('"float64"', '"flaot64"', "case[1].args.dtype", "flaot64", "did you mean 'float64'"),
    "a shrink of what is no argument": Edit(
        "shrink = { n = 1 }", "shrink = { m = 1 }", "case[1].shrink.m", "shrink =", "no whole number among the args"
    ),
    "a shrink that grows": Edit(
        "shrink = { n = 1 }", "shrink = { n = 50 }", "case[1].shrink.n", "shrink =", "from 40 to 50"
    ),
    "a hint for no group": Edit(
        'group = "value"\n\n[[survivor]]', 'group = "valu"\n\n[[survivor]]', "hint[0].group", "valu", "no group 'valu'"
    ),
    "a hint for no case": Edit(
        'group = "value"\n\n[[survivor]]', 'case = "x"\n\n[[survivor]]', "hint[0].case", 'case = "x"', "no case 'x'"
    ),
    "a survivor without a reason": Edit(
        '"it changes nothing"', '""', "survivor[0].reason", "reason =", "why no case can catch"
    ),
    "an argument the maker does not have": Edit(
        "args = { n = 1 }", "args = { n = 1, d = 2 }", "case[2].args", "args =", "has no argument 'd'"
    ),
    "an argument the maker needs": Edit("args = { n = 1 }\n", "", "case[2].args", "[[case]]", "needs the argument 'n'"),
    "a check that is not written": Edit(
        '["not_negative"]',
        '["not_negativ"]',
        "grade.checks",
        "checks =",
        "no function 'not_negativ' in reference/check.py",
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_a_fault_is_named_with_file_key_and_line(edit: Edit) -> None:
    files = edited(edit.old, edit.new)
    fault = only_fault(files)
    assert fault.where == "question.toml"
    assert fault.key == edit.key
    assert edit.says in fault.message
    if edit.line is None:
        assert fault.line is None
    else:
        assert edit.line in line_text(fault, files)


def test_what_is_not_toml_is_named_with_its_line() -> None:
    files = edited("wall_s = 2.0", "wall_s 2.0")
    fault = only_fault(files)
    assert "not valid TOML" in fault.message
    assert line_text(fault, files) == "wall_s 2.0"


def test_a_key_given_twice_is_named_with_its_line() -> None:
    files = edited("seed = 4", "seed = 4\nseed = 5")
    assert line_text(only_fault(files), files) == "seed = 5"


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    fault = only_fault(SOUND | {"question.toml": b'title = "a"\nkind = "\xff"\n'})
    assert (fault.where, fault.line, fault.message) == ("question.toml", 2, "not UTF-8 text")


def test_a_maker_that_is_not_written_is_named_for_every_case() -> None:
    files = SOUND | {"question.toml": SOUND["question.toml"].replace(b'make = "pairs"', b'make = "pears"', 1)}
    fault = only_fault(files)
    assert fault.key == "case[0].make"
    assert "did you mean 'pairs'" in fault.message


def test_a_public_case_is_needed() -> None:
    files = edited('visibility = "public"', 'visibility = "hidden"')
    files["question.toml"] = files["question.toml"].replace(b"seed = 4\n", b"")
    assert only_fault(files).message == "no public case"


def test_a_hidden_case_is_needed() -> None:
    spec = SOUND["question.toml"].replace(b'visibility = "hidden"', b'visibility = "public"\nseed = 5')
    assert only_fault(SOUND | {"question.toml": spec}).message == "no hidden case"


def test_a_written_question_needs_no_code() -> None:
    spec = b'title = "Why"\nkind = "text"\nsource = "made for these tests"\n[answer]\npoints = 1\n'
    files = {"question.toml": spec, "statement.md": b"Why?"}
    assert load_question(files, "course/tutorial/why").spec.kind == "text"


def test_a_written_question_has_no_cases() -> None:
    fault = only_fault(
        {
            "question.toml": b'title = "Why"\nkind = "text"\nsource = "made here"\n[[group]]\nname = "a"\npoints = 1\n'
            b"[answer]\npoints = 1\n",
            "statement.md": b"Why?",
        }
    )
    assert (fault.key, fault.line) == ("group", 4)
