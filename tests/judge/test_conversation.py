"""Whole gradings: judge and submission talk as they do in production, in one process."""

from __future__ import annotations

from typing import Any

import pytest

from grader.vocab import Outcome
from grader.wire import Value, decode, encode
from tests.judge.driver import Desk
from tests.judge.questions import NLL_SOLUTION, nll


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(nll())


def verdicts(report: dict[str, Any]) -> list[str]:
    return [case["verdict"] for case in report["cases"]]


def diagnoses(report: dict[str, Any]) -> set[str | None]:
    return {case["diagnosis"] for case in report["cases"]}


def error_at(stage: Value) -> dict[str, Value]:
    return {"stage": stage, "type": "X", "message": "SECRET", "line": 1, "frames": []}


def with_(old: str, new: str) -> str:
    assert old in NLL_SOLUTION
    return NLL_SOLUTION.replace(old, new)


def test_the_reference_gets_full_points_for_any_seed(desk: Desk) -> None:
    for seed in range(5):
        report = desk.grade(NLL_SOLUTION, seed)
        assert (report["verdict"], report["score"], report["max_score"]) == ("accepted", 6.0, 6.0)


def test_each_case_is_told_as_soon_as_it_is_decided(desk: Desk) -> None:
    report = desk.grade(NLL_SOLUTION)
    assert [case["name"] for case in desk.progress] == [case["name"] for case in report["cases"]]


def test_a_forgotten_average_is_recognised_by_its_gradient(desk: Desk) -> None:
    report = desk.grade(with_("* var_ * n)", "* var_)"))
    assert report["verdict"] == "wrong_answer"
    assert diagnoses(report) == {"sum_for_mean", None}


@pytest.mark.parametrize(
    ("source", "diagnosis"),
    [
        (with_("squares /", "squares.item() /"), "detached"),
        (with_("    squares =", "    mu.data += 1\n    squares ="), "input_changed"),
        (with_("    squares =", "    mu.grad = mu.detach()\n    squares ="), "input_changed"),
        (with_("    squares =", "    samples.requires_grad_()\n    squares ="), "input_changed"),
        (with_("    return d", "    d"), "none_returned"),
        (with_("(samples - mu)", "(samples - mu.detach())"), "detached"),
        (with_("(samples - mu)", "(samples - mu.detach() + 0 * mu)"), "wrong_gradient"),
        (with_("    return d", "    return -1 * (d").rstrip() + ")", "sign"),
        (with_("    return d", "    return torch.tensor(4.2, requires_grad=True) + 0*mu.sum() + 0 * (d").rstrip() + ")",
         "exception"),
    ],
)  # fmt: skip
def test_a_mistake_is_recognised_in_a_whole_grading(desk: Desk, source: str, diagnosis: str) -> None:
    report = desk.grade(source)
    assert report["verdict"] != "accepted"
    assert diagnosis in diagnoses(report)


def test_the_same_answer_in_every_case_is_told(desk: Desk) -> None:
    source = "def neg_log_likelihood(samples, mu, var_):\n    return (0 * mu).sum() + 1.0\n"
    assert "constant_answer" in diagnoses(desk.grade(source))


def test_an_exception_names_type_line_and_source_line(desk: Desk) -> None:
    report = desk.grade("def neg_log_likelihood(samples, mu, var_):\n    return samples @ mu + nothing\n")
    case = report["cases"][0]
    assert (case["verdict"], case["diagnosis"]) == ("runtime_error", "exception")
    assert "NameError on line 2" in case["message"]
    assert case["details"]["frames"][-1]["source"] == "return samples @ mu + nothing"


def test_hidden_cases_tell_neither_inputs_nor_messages(desk: Desk) -> None:
    report = desk.grade("def neg_log_likelihood(samples, mu, var_):\n    raise ValueError(str(samples.tolist()))\n")
    for case in report["cases"]:
        if case["visibility"] == "hidden":
            assert case["message"] == "Your code raises ValueError on line 2."
            assert "[[" in case["details"]["staff_note"]
            assert case["details"]["counterexample"] is None


def test_an_exception_class_cannot_carry_hidden_inputs_in_its_name(desk: Desk) -> None:
    line = "raise type('Leak' + str(int(samples[0, 0] * 1e6)), (ValueError,), {})"
    source = f"def neg_log_likelihood(samples, mu, var_):\n    {line}\n"
    hidden = [case for case in desk.grade(source)["cases"] if case["visibility"] == "hidden"]
    assert all("Leak" not in case["message"] for case in hidden)


@pytest.mark.parametrize(
    ("source", "diagnosis"),
    [
        ("def neg_log_likelihood(:\n", "syntax_error"),
        ("import nothing_of_this_name\n", "import_failed"),
        ("def other(): ...\n", "missing_entry_point"),
        ("neg_log_likelihood = 3\n", "missing_entry_point"),
        ("def neg_log_likelihood(samples): ...\n", "wrong_parameters"),
    ],
)
def test_a_file_that_does_not_load_is_an_invalid_submission(desk: Desk, source: str, diagnosis: str) -> None:
    report = desk.grade(source)
    assert (report["verdict"], report["score"]) == ("invalid_submission", 0.0)
    assert set(verdicts(report)) == {"invalid_submission"}
    assert diagnoses(report) == {diagnosis}


def test_parameters_may_be_named_at_will(desk: Desk) -> None:
    renamed = NLL_SOLUTION.replace("samples", "a").replace("mu", "b").replace("var_", "c")
    assert desk.grade(renamed)["verdict"] == "accepted"


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.WALL_TIME, "time_limit"),
        (Outcome.CPU_TIME, "time_limit"),
        (Outcome.MEMORY, "memory_limit"),
        (Outcome.OUTPUT, "output_limit"),
        (Outcome.EXITED, "runtime_error"),
        (Outcome.CRASHED, "runtime_error"),
        (Outcome.PROTOCOL, "runtime_error"),
    ],
)
def test_what_happened_to_the_process_is_the_verdict_of_its_case(outcome: Outcome, verdict: str) -> None:
    report = Desk(nll(), deaths={1: outcome}).grade(NLL_SOLUTION)
    assert verdicts(report) == ["accepted", verdict, "accepted", "accepted", "accepted"]
    assert report["verdict"] == "partial"


def test_the_end_of_the_total_time_decides_what_is_unanswered() -> None:
    report = Desk(nll(), abandon_after=2).grade(NLL_SOLUTION)
    assert verdicts(report) == ["accepted", "accepted", "time_limit", "time_limit", "time_limit"]


def test_memory_that_python_or_torch_could_not_have_is_a_memory_limit(desk: Desk) -> None:
    for line in ("raise MemoryError", "import torch; torch.empty(2**60)"):
        report = desk.grade(f"def neg_log_likelihood(samples, mu, var_):\n    {line}\n")
        assert report["verdict"] == "memory_limit"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xff",
        encode(None),
        encode({"id": 99, "status": "ok", "observed": []}),
        encode({"id": 1, "status": "ok", "observed": []}),
        encode({"id": 1, "status": "ok", "observed": [1, 2, 3, 4, 5, 6]}),
        encode({"id": 1, "status": "raised", "error": {"stage": "nowhere"}}),
        *(
            encode({"id": 1, "status": "raised", "error": error_at(stage)})
            for stage in ("compile", "import", "entry", 3)
        ),
        encode({"id": True, "status": "ok", "observed": [None] * 5}),
    ],
)
def test_an_answer_of_no_agreed_form_costs_its_case_and_no_other(payload: bytes) -> None:
    report = Desk(nll(), forged={1: payload}).grade(NLL_SOLUTION)
    assert verdicts(report) == ["accepted", "runtime_error", "accepted", "accepted", "accepted"]


@pytest.mark.parametrize("stage", ["compile", "import", "entry"])
def test_a_call_cannot_be_answered_with_a_failure_to_load(stage: str) -> None:
    forged = {number: encode({"id": number, "status": "raised", "error": error_at(stage)}) for number in range(5)}
    report = Desk(nll(), forged=forged).grade(NLL_SOLUTION)
    assert report["loaded"] is True
    assert set(verdicts(report)) == {"runtime_error"}
    assert "SECRET" not in repr(report)


def samples_of(payload: bytes) -> tuple[int, ...]:
    call: Any = decode(payload)
    shape: tuple[int, ...] = call["inputs"]["samples"].fields["data"].shape
    return shape


def test_hidden_inputs_are_sent_when_nothing_of_a_public_case_is_asked_any_more(desk: Desk) -> None:
    report = desk.grade("def neg_log_likelihood(samples, mu, var_):\n    return (samples * mu).sum() / 3\n")
    shapes = [samples_of(payload) for payload in desk.calls_seen]
    assert shapes[:2] == [(5, 3), (7, 4)]
    assert len(shapes) > 9
    first_hidden = shapes.index((6, 4))
    assert shapes[first_hidden : first_hidden + 3] == [(6, 4), (1, 2), (8, 1)]
    # After those only the signature of the mistake is asked for, which no student is shown: hidden ones for everyone's
    # inputs, and three of what failed a second time.
    assert shapes[first_hidden + 3 :] == [(6, 4), (1, 2), (8, 1), (5, 3), (7, 4), (6, 4)]
    assert [case["name"] for case in report["cases"]][2:] == ["fresh samples", "one sample", "one dimension"]


def test_hidden_inputs_are_not_sent_to_a_file_that_does_not_load(desk: Desk) -> None:
    report = desk.grade("import nothing_of_this_name\n")
    assert report["loaded"] is False
    assert {samples_of(payload) for payload in desk.calls_seen} <= {(5, 3), (7, 4)}


def test_a_failure_is_not_explained_at_the_cost_of_hidden_cases() -> None:
    wrong = "def neg_log_likelihood(samples, mu, var_):\n    return (samples * mu).sum() / 3\n"
    slow = Desk(nll(), wall_s=6.0)
    slow.grade(wrong)
    assert slow.calls == 5
    deadly = Desk(nll(), deaths={2: Outcome.WALL_TIME})  # the first call that would explain the first case
    assert "time_limit" not in verdicts(deadly.grade(wrong))
    assert deadly.calls == 6 + 6  # and six for the signature of the mistake


def test_a_process_that_blames_the_grader_is_not_believed_but_staff_hear_of_it() -> None:
    payload = encode({"id": 1, "status": "fault", "message": "disk full"})
    report = Desk(nll(), forged={1: payload}).grade(NLL_SOLUTION)
    assert report["cases"][1]["verdict"] == "runtime_error"
    assert report["cases"][1]["points"] == 0
    assert "disk full" in report["cases"][1]["details"]["staff_note"]


def test_only_public_cases_may_be_run(desk: Desk) -> None:
    report = desk.grade(NLL_SOLUTION, only_public=True)
    assert verdicts(report) == ["accepted", "accepted", "skipped", "skipped", "skipped"]
    assert (report["verdict"], report["score"], report["max_score"]) == ("accepted", 2.0, 2.0)
    assert report["cases"][2]["message"] == "Hidden cases were not run here."


def test_a_grading_of_the_same_seed_comes_out_the_same(desk: Desk) -> None:
    wrong = with_("* var_ * n)", "* var_)")
    assert desk.grade(wrong, seed=4) == desk.grade(wrong, seed=4)


def test_hidden_inputs_differ_between_seeds_and_public_ones_do_not(desk: Desk) -> None:
    source = with_("    squares =", "    print(float(samples.sum()))\n    squares =").replace(
        "return d", "return 7 * d"
    )
    first, second = desk.grade(source, seed=1), desk.grade(source, seed=2)
    public, hidden = first["cases"][0], first["cases"][2]
    assert public["details"]["worst"] == second["cases"][0]["details"]["worst"]
    assert hidden["details"]["worst"] != second["cases"][2]["details"]["worst"]


def test_inputs_that_no_step_uses_never_leave_the_judge(desk: Desk) -> None:
    desk.grade(NLL_SOLUTION)
    assert b"secret" not in b"".join(desk.calls_seen)


def test_a_counterexample_is_shrunk_and_can_be_pasted(desk: Desk) -> None:
    report = desk.grade("def neg_log_likelihood(samples, mu, var_):\n    return (samples * mu).sum() / 3\n")
    text = report["cases"][0]["details"]["counterexample"]
    assert "samples = torch.tensor([[" in text
    names: dict[str, Any] = {"neg_log_likelihood": lambda samples, mu, _: (samples * mu).sum() / 3}
    exec(text, names)
    assert names["samples"].numel() < 15
    assert desk.calls <= 5 + 12


def test_nothing_is_explained_further_unless_asked(desk: Desk) -> None:
    report = desk.grade(with_("* var_ * n)", "* var_)"), explain=False)
    assert desk.calls == 5
    assert all(case["details"]["counterexample"] is None for case in report["cases"])


def test_a_report_says_what_it_takes_to_run_it_again(desk: Desk) -> None:
    provenance = desk.grade(NLL_SOLUTION, seed=99)["provenance"]
    assert provenance["seed"] == 99
    assert provenance["version"] == desk.opened["version"]
    assert provenance["tolerances"]["float32"]["rtol"] == 1e-4


def test_hints_are_for_their_diagnosis_and_for_narrower_ones() -> None:
    tail = """
[[hint]]
diagnosis = "constant_factor"
text = "general"
[[hint]]
diagnosis = "constant_factor"
text = "for this group"
group = "edges"
"""
    report = Desk(nll(tail=tail)).grade(with_("* var_ * n)", "* var_)"))
    hints = {case["group"]: case["hint"] for case in report["cases"] if case["verdict"] != "accepted"}
    assert hints == {"value": "general", "edges": "for this group"}


def test_stray_messages_between_gradings_are_ignored(desk: Desk) -> None:
    desk.judge.receive({"op": "answer", "id": 0, "payload": b"late", "wall_s": 0.1})
    desk.judge.receive({"op": "outcome", "id": None, "outcome": "memory", "detail": ""})
    assert desk.grade(NLL_SOLUTION)["verdict"] == "accepted"
