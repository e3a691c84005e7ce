"""What becomes of one order, whatever the submission, the question and the sandbox do."""

from __future__ import annotations

from dataclasses import replace
from queue import SimpleQueue

import pytest

from grader.errors import SandboxFault
from grader.pipeline.grade import grade
from grader.pipeline.lane import Lane
from grader.pipeline.order import CaseResult, GradingOrder, RunReport
from grader.pipeline.student import MAX_TIMEOUTS
from grader.sandbox.interface import Event
from grader.vocab import Limits, Outcome, Role, Verdict
from tests.pipeline.actors import (
    Dies,
    Judge,
    SlotFails,
    ThreadChild,
    ThreadSandbox,
    question,
    right,
    student,
    tell,
    told,
)

CASES = ["a", "b", "c", "d"]
SHORT = Limits(wall_s=0.15, total_wall_s=5.0)


def graded(sandbox: ThreadSandbox, limits: Limits | None = None, source: bytes = b"x = 1\n") -> RunReport:
    with sandbox:
        return grade(GradingOrder(question(CASES, limits), source, seed=7), Lane(sandbox))


def verdicts(report: RunReport) -> list[str]:
    return [case.verdict.value for case in report.cases]


def test_a_right_submission_is_accepted_with_what_the_judge_reported() -> None:
    report = graded(ThreadSandbox(student(right), Judge(CASES)))
    assert report.verdict is Verdict.ACCEPTED
    assert (report.score, report.max_score, report.provenance.seed) == (4.0, 4.0, 7)
    assert report.fault is None


def test_answers_reach_the_judge_in_the_order_of_its_calls_and_unread() -> None:
    judge = Judge(CASES)
    graded(ThreadSandbox(student(lambda _, call: b"\xff\x00" + call.encode()), judge))
    assert [(m["id"], m["payload"]) for m in judge.heard if m["op"] == "answer"] == [
        (0, b"\xff\x00a"),
        (1, b"\xff\x00b"),
        (2, b"\xff\x00c"),
        (3, b"\xff\x00d"),
    ]


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [(Outcome.CRASHED, "runtime_error"), (Outcome.MEMORY, "memory_limit"), (Outcome.OUTPUT, "output_limit")],
)
def test_a_process_that_dies_in_a_case_costs_that_case_only(outcome: Outcome, verdict: str) -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        if call == "b":
            raise Dies(outcome)
        return b"right"

    sandbox = ThreadSandbox(student(answer), Judge(CASES))
    assert verdicts(graded(sandbox)) == ["accepted", verdict, "accepted", "accepted"]
    assert sandbox.made(Role.STUDENT) == 2


def test_an_endless_loop_costs_its_case_the_time_limit_and_no_other() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        if call == "b":
            child.hang()
        return b"right"

    report = graded(ThreadSandbox(student(answer), Judge(CASES)), SHORT)
    assert verdicts(report) == ["accepted", "time_limit", "accepted", "accepted"]


def test_after_some_endless_loops_the_rest_is_not_waited_for() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        child.hang()
        return b"right"

    judge = Judge(CASES)
    sandbox = ThreadSandbox(student(answer), judge)
    assert verdicts(graded(sandbox, SHORT)) == ["time_limit"] * 4
    assert [m["op"] for m in judge.heard].count("abandon") == 1
    assert sandbox.made(Role.STUDENT) == MAX_TIMEOUTS < len(CASES)


def hangs_once(sandbox: list[ThreadSandbox], *, used_cpu_s: float, on: str = "b") -> ThreadSandbox:
    """The first process hangs in one case, after so much CPU time; those after it answer."""

    def answer(child: ThreadChild, call: str) -> bytes:
        if call == on and sandbox[0].made(Role.STUDENT) == 1:
            child.used_cpu_s = used_cpu_s
            child.hang()
        return b"right"

    sandbox.append(ThreadSandbox(student(answer), Judge(CASES)))
    return sandbox[0]


def test_a_process_that_was_given_no_processor_is_tried_once_more() -> None:
    sandbox = hangs_once([], used_cpu_s=0.01)
    assert verdicts(graded(sandbox, SHORT)) == ["accepted"] * 4
    assert sandbox.made(Role.STUDENT) == 2


def test_a_process_that_used_its_time_is_not_tried_again() -> None:
    sandbox = hangs_once([], used_cpu_s=0.14)
    assert verdicts(graded(sandbox, SHORT)) == ["accepted", "time_limit", "accepted", "accepted"]
    assert sandbox.made(Role.STUDENT) == 2


def test_a_sleeper_is_tried_twice_and_no_more() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        if call == "b":
            child.used_cpu_s = 0.0
            child.hang()
        return b"right"

    sandbox = ThreadSandbox(student(answer), Judge(CASES))
    report = graded(sandbox, Limits(wall_s=0.1, total_wall_s=5.0))
    assert verdicts(report) == ["accepted", "time_limit", "accepted", "accepted"]
    assert sandbox.made(Role.STUDENT) == 3


def test_the_total_time_ends_a_run_of_calls_that_each_stay_below_the_limit() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        if call == "c":
            child.hang()
        return b"right"

    judge = Judge(CASES)
    sandbox = ThreadSandbox(student(answer), judge)
    report = graded(sandbox, Limits(wall_s=30.0, total_wall_s=0.15))
    assert verdicts(report) == ["accepted", "accepted", "time_limit", "time_limit"]
    assert judge.heard[-1]["op"] == "abandon"


def test_a_submission_that_ends_its_process_while_loading_is_not_loaded_again() -> None:
    def program(child: ThreadChild) -> None:
        child.hear()
        raise Dies(Outcome.EXITED, "exit status 3")

    judge = Judge(CASES)
    sandbox = ThreadSandbox(program, judge)
    assert verdicts(graded(sandbox)) == ["runtime_error"] * 4
    assert next(m["id"] for m in judge.heard if m["op"] == "outcome") is None
    assert sandbox.made(Role.STUDENT) == 1


def test_the_judge_hears_only_once_that_a_submission_was_loaded() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        if call in {"a", "c"}:
            raise Dies(Outcome.CRASHED)
        return b"right"

    judge = Judge(CASES)
    graded(ThreadSandbox(student(answer), judge))
    assert [m["op"] for m in judge.heard].count("loaded") == 1


def test_a_submission_that_cannot_be_loaded_again_fails_in_all_that_remains() -> None:
    loads = []

    def program(child: ThreadChild) -> None:
        child.hear()
        loads.append(1)
        if len(loads) > 1:
            raise Dies(Outcome.EXITED)
        child.say(b"ok")
        child.hear()
        raise Dies(Outcome.CRASHED)

    sandbox = ThreadSandbox(program, Judge(CASES))
    assert verdicts(graded(sandbox)) == ["runtime_error"] * 4
    assert sandbox.made(Role.STUDENT) == 2


def test_a_submission_that_loads_differently_the_second_time_fails_in_all_that_remains() -> None:
    loads = []

    def program(child: ThreadChild) -> None:
        child.hear()
        loads.append(1)
        child.say(b"ok" if len(loads) == 1 else b"raised")
        child.hear()
        raise Dies(Outcome.CRASHED)

    judge = Judge(CASES)
    graded(ThreadSandbox(program, judge))
    assert [m["id"] for m in judge.heard if m["op"] == "outcome"] == [0, 1, 2, 3]
    assert len(loads) == 2


def test_hanging_while_loading_again_is_not_blamed_on_the_next_case_alone() -> None:
    loads = []

    def program(child: ThreadChild) -> None:
        child.hear()
        loads.append(1)
        if len(loads) > 1:
            child.hang()
        child.say(b"ok")
        child.hear()
        raise Dies(Outcome.CRASHED)

    report = graded(ThreadSandbox(program, Judge(CASES)), SHORT)
    assert verdicts(report) == ["runtime_error", "time_limit", "time_limit", "time_limit"]
    assert len(loads) == 2


def test_a_message_nobody_asked_for_ends_the_process_and_gains_nothing() -> None:
    def program(child: ThreadChild) -> None:
        child.hear()
        child.say(b"ok")
        for _ in range(len(CASES) + 1):
            child.say(b"right")
        child.hang()

    class OneByOne(Judge):
        """Sends a call when the one before is answered, so that the forged answers come before their calls."""

        def run(self, child: ThreadChild, order: dict[str, object]) -> None:
            del order
            tell(child, op="load", payload=b"load")
            assert told(child)["op"] == "loaded"
            for number in range(len(self.cases)):
                tell(child, op="call", id=number, payload=b"x")
                self.heard.append(told(child))
            tell(child, op="report", report=self.report(dict.fromkeys(range(len(self.cases)), "runtime_error"), 0))

    judge = OneByOne(CASES)
    graded(ThreadSandbox(program, judge))
    assert judge.heard[-1]["outcome"] == "protocol"


def test_a_process_that_ends_between_calls_is_replaced_for_the_next() -> None:
    class OneByOne(Judge):
        def run(self, child: ThreadChild, order: dict[str, object]) -> None:
            del order
            tell(child, op="load", payload=b"load")
            assert told(child)["op"] == "loaded"
            for number in range(2):
                tell(child, op="call", id=number, payload=b"x")
                self.heard.append(told(child))
            tell(child, op="report", report=self.report(dict.fromkeys(range(4), "accepted"), 0))

    def program(child: ThreadChild) -> None:
        child.hear()
        child.say(b"ok")
        child.hear()
        child.say(b"right")
        raise Dies(Outcome.EXITED)

    judge = OneByOne(CASES)
    sandbox = ThreadSandbox(program, judge)
    graded(sandbox)
    assert [m["op"] for m in judge.heard] == ["answer", "answer"]
    assert sandbox.made(Role.STUDENT) == 2


def test_calls_are_kept_back_until_the_submission_is_loaded() -> None:
    seen: list[bool] = []

    def program(child: ThreadChild) -> None:
        child.hear()
        seen.append(child._inbox.empty())
        child.say(b"ok")
        while True:
            child.hear()
            child.say(b"right")

    graded(ThreadSandbox(program, Judge(CASES)))
    assert seen == [True]


def test_a_broken_slot_is_made_up_for_by_a_fresh_pair() -> None:
    failures = iter([True, True])

    def answer(child: ThreadChild, call: str) -> bytes:
        if call == "c" and next(failures, False):
            raise SlotFails("the slot ended")
        return b"right"

    sandbox = ThreadSandbox(student(answer), Judge(CASES))
    assert graded(sandbox).verdict is Verdict.ACCEPTED
    assert (sandbox.made(Role.STUDENT), sandbox.made(Role.JUDGE)) == (3, 3)


def test_a_slot_that_keeps_breaking_is_the_graders_fault_and_nobody_elses() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        raise SlotFails("the slot ended")

    sandbox = ThreadSandbox(student(answer), Judge(CASES))
    report = graded(sandbox)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert not report.graded
    assert report.fault is not None
    assert (report.fault.by, report.fault.message) == ("grader", "the slot ended")
    assert sandbox.made(Role.STUDENT) == 3


def test_without_any_sandbox_it_is_not_tried_again() -> None:
    class NoEngine(ThreadSandbox):
        tries = 0

        def spawn(
            self,
            role: Role,
            limits: Limits,
            events: SimpleQueue[Event],
            *,
            with_dynamo: bool = False,  # noqa: ARG002 - a thread imports nothing
        ) -> ThreadChild:
            del role, limits, events
            self.tries += 1
            raise SandboxFault("no engine", permanent=True)

    sandbox = NoEngine(student(right), Judge(CASES))
    report = graded(sandbox)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert sandbox.tries == 1


def test_a_fault_of_the_author_is_named_with_its_place_and_not_tried_again() -> None:
    def judge(child: ThreadChild) -> None:
        told(child)
        tell(child, op="opened", version="v", torch="2")
        told(child)
        tell(child, op="author_fault", message="division by zero", where="reference/check.py", key="falls", line=3)
        child.hang()

    sandbox = ThreadSandbox(student(right), judge)
    report = graded(sandbox)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert report.fault is not None
    assert report.fault.by == "author"
    assert report.fault.message == "reference/check.py:3 [falls]: division by zero"
    assert sandbox.made(Role.JUDGE) == 1


def test_a_judge_that_dies_is_the_authors_fault() -> None:
    def judge(child: ThreadChild) -> None:
        told(child)
        tell(child, op="opened", version="v", torch="2")
        told(child)
        raise Dies(Outcome.CRASHED, "signal SIGSEGV")

    report = graded(ThreadSandbox(student(right), judge))
    assert report.fault is not None
    assert report.fault.by == "author"
    assert "SIGSEGV" in report.fault.message


def test_a_judge_that_dies_after_other_runs_gets_a_fresh_one_to_tell() -> None:
    class Tired(Judge):
        def run(self, child: ThreadChild, order: dict[str, object]) -> None:
            if getattr(child, "tired", False):
                raise Dies(Outcome.MEMORY)
            child.tired = True  # type: ignore[attr-defined]
            super().run(child, order)

    judge = Tired(CASES)
    with ThreadSandbox(student(right), judge) as sandbox:
        lane = Lane(sandbox)
        order = GradingOrder(question(CASES), b"", seed=1)
        assert [grade(order, lane).verdict for _ in range(2)] == [Verdict.ACCEPTED] * 2
    assert judge.opened == 2


def test_the_judge_stays_open_for_the_next_submission_and_is_replaced_for_another_question() -> None:
    judge = Judge(CASES)
    with ThreadSandbox(student(right), judge) as sandbox:
        lane = Lane(sandbox)
        order = GradingOrder(question(CASES), b"", seed=1)
        for _ in range(3):
            grade(order, lane)
        assert (judge.opened, sandbox.made(Role.STUDENT)) == (1, 3)
        grade(replace(order, question=replace(order.question, version="w")), lane)
        assert judge.opened == 2


def test_a_judge_that_speaks_nonsense_is_no_verdict() -> None:
    def judge(child: ThreadChild) -> None:
        told(child)
        child.say(b"\x00garbage")
        child.hang()

    report = graded(ThreadSandbox(student(right), judge))
    assert report.verdict is Verdict.JUDGE_ERROR


def test_a_report_of_another_form_than_agreed_is_no_verdict() -> None:
    class Sloppy(Judge):
        def report(self, verdicts: dict[int, str], seed: int) -> dict[str, object]:
            return super().report(verdicts, seed) | {"verdict": "splendid"}

    report = graded(ThreadSandbox(student(right), Sloppy(CASES)))
    assert report.verdict is Verdict.JUDGE_ERROR


def test_a_source_that_is_no_text_needs_no_process() -> None:
    sandbox = ThreadSandbox(student(right), Judge(CASES))
    report = graded(sandbox, source=b"caf\xe9 = 1\n")
    assert report.verdict is Verdict.INVALID_SUBMISSION
    assert {case.diagnosis for case in report.cases} == {"bad_encoding"}
    assert (report.score, report.max_score) == (0.0, 4.0)
    assert sandbox.children == []


def test_cases_are_told_as_they_are_decided() -> None:
    heard: list[CaseResult] = []
    with ThreadSandbox(student(right), Judge(CASES)) as sandbox:
        grade(GradingOrder(question(CASES), b"", seed=1), Lane(sandbox), heard.append)
    assert [case.name for case in heard] == CASES


def test_no_process_of_the_submission_is_left_when_the_report_comes() -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        child.wrote = "hello"
        return b"right"

    sandbox = ThreadSandbox(student(answer), Judge(CASES))
    with sandbox:
        report = grade(GradingOrder(question(CASES), b"", seed=1), Lane(sandbox))
        assert report.printed == "hello"
        [process] = [child for child in sandbox.children if child.role is Role.STUDENT]
        process.thread.join(5)
        assert not process.thread.is_alive()


def test_without_a_reference_only_public_cases_are_asked_for() -> None:
    asked = []

    class Noting(Judge):
        def run(self, child: ThreadChild, order: dict[str, object]) -> None:
            asked.append(order["only_public"])
            super().run(child, order)

    with ThreadSandbox(student(right), Noting(CASES)) as sandbox:
        grade(GradingOrder(question(CASES, has_reference=False), b"", seed=1), Lane(sandbox))
    assert asked == [True]
