"""Who sees what of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.pipeline.feedback import NOT_GRADED, Audience, shown, shown_case
from grader.pipeline.order import CaseResult, Details, Fault, Frame, Provenance, RunReport, report_json
from grader.pipeline.plain_text import plain
from grader.pipeline.sentences import OF_DIAGNOSIS, OF_VERDICT
from grader.vocab import Diagnosis, Verdict, Visibility

SECRET = "3.14159"

DETAILS = Details(
    worst={"where": "result", "index": [0], "expected": SECRET, "given": SECRET, "abs_error": 0.5, "rel_error": 0.1},
    counterexample=f"f({SECRET})",
    frames=(Frame(3, "f", f"raise ValueError({SECRET})"),),
    staff_note=f"seed {SECRET}",
    wall_s=0.25,
    curve={"expected": [1.0], "yours": [2.0]},
)


def case(visibility: Visibility, verdict: Verdict = Verdict.WRONG_ANSWER) -> CaseResult:
    return CaseResult(
        name=f"a {visibility} case",
        visibility=visibility,
        verdict=verdict,
        points=0.0,
        max_points=2.0,
        group="value",
        diagnosis="constant_factor",
        message=f"expected {SECRET}",
        hint="What does the average divide by?",
        details=DETAILS,
    )


def report(*cases: CaseResult, verdict: Verdict = Verdict.WRONG_ANSWER) -> RunReport:
    return RunReport(
        question="c/t/q",
        verdict=verdict,
        score=0.0,
        max_score=4.0,
        duration_ms=12,
        sandbox="local",
        device="cpu",
        cases=cases,
        provenance=Provenance("v", "2", "cpu", 99),
        printed=f"x = {SECRET}",
    )


BOTH = report(case(Visibility.PUBLIC), case(Visibility.HIDDEN))


def test_of_a_hidden_case_a_student_sees_name_verdict_points_and_diagnosis_only() -> None:
    hidden = shown(BOTH, Audience.STUDENT).cases[1]
    assert hidden == CaseResult(
        name="a hidden case",
        visibility=Visibility.HIDDEN,
        verdict=Verdict.WRONG_ANSWER,
        points=0.0,
        max_points=2.0,
        group="value",
        diagnosis="constant_factor",
        message="The result is off by a constant factor.",
    )


def test_no_secret_of_a_hidden_case_is_anywhere_in_what_a_student_sees() -> None:
    told = shown(report(case(Visibility.HIDDEN)), Audience.STUDENT)
    assert SECRET not in repr(told)
    assert SECRET not in repr(shown_case(case(Visibility.HIDDEN), Audience.STUDENT))
    assert told.provenance.seed is None


def test_of_a_public_case_a_student_sees_all_but_the_staffs_note() -> None:
    public = shown(BOTH, Audience.STUDENT).cases[0]
    assert public.message == f"expected {SECRET}"
    assert public.hint
    assert public.details == replace(DETAILS, staff_note=None)


def test_what_was_printed_is_kept_back_where_hidden_inputs_could_have_been_printed() -> None:
    assert shown(BOTH, Audience.STUDENT).printed == ""
    assert shown(report(case(Visibility.PUBLIC)), Audience.STUDENT).printed == f"x = {SECRET}"


def test_staff_see_everything() -> None:
    told = shown(BOTH, Audience.STAFF)
    assert told == BOTH


def test_why_a_file_did_not_load_is_told_even_where_all_cases_are_hidden() -> None:
    broken = replace(
        case(Visibility.HIDDEN, Verdict.INVALID_SUBMISSION), diagnosis="syntax_error", message="line 3: invalid syntax"
    )
    not_loaded = replace(report(broken, verdict=Verdict.INVALID_SUBMISSION), loaded=False)
    [told] = shown(not_loaded, Audience.STUDENT).cases
    assert told.message == "line 3: invalid syntax"


def test_a_verdict_that_says_so_does_not_make_a_submission_one_that_has_met_no_inputs() -> None:
    claimed = replace(BOTH, verdict=Verdict.INVALID_SUBMISSION)
    told = shown(claimed, Audience.STUDENT)
    assert told.printed == ""
    assert SECRET not in repr(told.cases[1])


def test_a_fault_of_ours_tells_students_that_it_is_not_theirs_and_no_more() -> None:
    failed = replace(report(verdict=Verdict.JUDGE_ERROR), fault=Fault("author", f"check.py: {SECRET}"))
    told = shown(failed, Audience.STUDENT)
    assert told.fault == Fault("author", NOT_GRADED)
    assert shown(failed, Audience.STAFF).fault == failed.fault


@pytest.mark.parametrize("audience", Audience)
def test_terminal_codes_and_control_characters_never_reach_anybody(audience: Audience) -> None:
    nasty = "\x1b[2J\x1b]0;title\x07red\x1b[31m\x00\x08\u202eevil\x9b31m"
    public = replace(
        case(Visibility.PUBLIC),
        message=nasty,
        details=replace(DETAILS, counterexample=nasty, worst={"given": nasty}, frames=(Frame(1, nasty, nasty),)),
    )
    told = repr(shown(report(public, case(Visibility.HIDDEN)), audience))
    for code in ("\\x1b", "\\x00", "\\x08", "\\u202e", "\\x9b", "\x1b"):
        assert code not in told
    assert "red" in told


def test_text_is_capped_and_says_so() -> None:
    assert plain("a" * 5000, 100) == "a" * 99 + "…"
    assert plain("a" * 100, 100) == "a" * 100
    assert plain("a\n\tb\r\nc", 100) == "a\n    b\nc"


def test_every_diagnosis_and_verdict_has_its_sentence() -> None:
    assert set(OF_DIAGNOSIS) == set(Diagnosis)
    assert set(OF_VERDICT) == set(Verdict)


def test_the_json_has_the_agreed_keys_and_no_others() -> None:
    told = report_json(BOTH, "a.py")
    assert list(told) == [
        "question", "file", "verdict", "score", "max_score", "duration_ms", "sandbox", "device", "cases",
    ]  # fmt: skip
    assert [list(one) for one in told["cases"]] == [
        ["name", "visibility", "verdict", "points", "max_points", "diagnosis", "message"]
    ] * 2


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience is not Audience.STAFF])
def test_who_is_wrong_in_the_same_way_and_what_was_asked_again_is_for_staff(audience: Audience) -> None:
    marked = tuple(replace(one, fingerprint="f1ngerpr1nt", is_unstable=True) for one in BOTH.cases)
    whole = replace(BOTH, cases=marked, mistake="m1stake")
    told = repr(shown(whole, audience)) + repr([shown_case(one, audience) for one in marked])
    assert "f1ngerpr1nt" not in told
    assert "m1stake" not in told
    assert "is_unstable=True" not in told
    staff = shown(whole, Audience.STAFF)
    assert [staff.mistake, {one.fingerprint for one in staff.cases}] == ["m1stake", {"f1ngerpr1nt"}]


def test_no_script_is_told_the_signature_of_a_mistake() -> None:
    whole = replace(BOTH, cases=(replace(BOTH.cases[0], fingerprint="f1ngerpr1nt"),), mistake="m1stake")
    assert not {"m1stake", "f1ngerpr1nt"} & set(repr(report_json(whole)).split("'"))
