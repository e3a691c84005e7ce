"""Many submissions at once."""

from __future__ import annotations

import threading
from pathlib import Path

from grader.pipeline.batch import grade_files, grade_sources
from grader.pipeline.order import CaseResult
from grader.vocab import Limits, Role, Verdict
from tests.pipeline.actors import Judge, ThreadChild, ThreadSandbox, question, right, student

CASES = ["a", "b"]


def test_reports_come_in_the_order_of_the_submissions() -> None:
    with ThreadSandbox(student(right), Judge(CASES), lanes=3) as sandbox:
        sources = [(number, b"") for number in range(40)]
        graded = list(grade_sources(question(CASES), sources, sandbox=sandbox))
    assert [number for number, _ in graded] == list(range(40))
    assert {report.verdict for _, report in graded} == {Verdict.ACCEPTED}


def test_every_submission_has_a_process_of_its_own_and_each_lane_one_judge() -> None:
    with ThreadSandbox(student(right), Judge(CASES), lanes=2) as sandbox:
        list(grade_sources(question(CASES), [(number, b"") for number in range(20)], sandbox=sandbox))
        assert sandbox.made(Role.STUDENT) == 20
        assert sandbox.made(Role.JUDGE) <= 2


def test_seeds_are_fresh_unless_one_is_given() -> None:
    with ThreadSandbox(student(right), Judge(CASES)) as sandbox:
        sources = [("a", b""), ("b", b"")]
        fresh = [report.provenance.seed for _, report in grade_sources(question(CASES), sources, sandbox=sandbox)]
        given = [
            report.provenance.seed for _, report in grade_sources(question(CASES), sources, sandbox=sandbox, seed=5)
        ]
    assert len(set(fresh)) == 2
    assert given == [5, 5]


def test_a_lane_goes_on_while_another_is_held_up() -> None:
    gate = threading.Event()

    def program(child: ThreadChild) -> None:
        child.hear()
        child.say(b"ok")
        held.append(child)
        while True:
            child.hear()
            if held[0] is child:
                gate.wait(10)
            child.say(b"right")

    held: list[ThreadChild] = []
    done: list[int] = []

    def on_case(key: int, case: CaseResult) -> None:
        if case.name == "b":
            done.append(key)
            if len(done) == 3:
                gate.set()

    with ThreadSandbox(program, Judge(CASES), lanes=2) as sandbox:
        sources = [(number, b"") for number in range(4)]
        graded = list(grade_sources(question(CASES), sources, sandbox=sandbox, on_case=on_case))
    assert [key for key, _ in graded] == [0, 1, 2, 3]


def test_stopping_early_ends_what_is_running() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        child.hang()
        return b""

    with ThreadSandbox(student(answer), Judge(CASES), lanes=2) as sandbox:
        unreadable = [("first", b"\0")] + [(str(number), b"") for number in range(4)]
        reports = grade_sources(question(CASES, Limits(wall_s=60.0)), unreadable, sandbox=sandbox)
        assert next(reports)[0] == "first"
        reports.close()
        for child in sandbox.children:
            child.thread.join(5)
            assert not child.thread.is_alive()


def test_a_file_of_any_size_is_read_no_further_than_needed(tmp_path: Path) -> None:
    big = tmp_path / "big.py"
    with big.open("wb") as stream:
        stream.truncate(2**40)
    with ThreadSandbox(student(right), Judge(CASES)) as sandbox:
        [(file, report)] = grade_files(question(CASES), [big], sandbox=sandbox)
    assert file == big
    assert report.verdict is Verdict.INVALID_SUBMISSION
