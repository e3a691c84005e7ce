"""No attack gains a point, reads a secret, harms its neighbour or outlives its run."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.pipeline.feedback import Audience, shown
from grader.pipeline.order import RunReport, report_json
from grader.vocab import Verdict, Visibility
from tests.hostile.conftest import Range
from tests.hostile.submissions import (
    HONEST,
    USUAL_QUESTION,
    Attack,
    attacks_on_disk,
    honest_on_disk,
    made_attacks,
    made_honest,
)

ATTACKS = attacks_on_disk()
PAIRS = [attack for attack in ATTACKS if attack.name.startswith("persist_a_")]
# What an attack writes where it wants hidden inputs, or other people's text, to come out.
MARK = "MARK"


def assert_undeserved_nothing(attack: Attack, report: RunReport) -> None:
    told = [(case.name, case.verdict, case.points, case.message) for case in report.cases if case.points]
    assert report.verdict in attack.allowed, (report.verdict, report.fault, told)
    assert attack.may_score or report.score == 0, told


def assert_full_marks(report: RunReport) -> None:
    lost = [(case.name, case.verdict, case.message) for case in report.cases if case.points < case.max_points]
    assert report.verdict is Verdict.ACCEPTED, (report.fault, report.printed, lost)
    assert report.score == report.max_score


@pytest.mark.parametrize("attack", [*ATTACKS, *made_attacks()], ids=lambda attack: attack.name)
def test_an_attack_gains_nothing_and_its_neighbour_loses_nothing(firing_range: Range, attack: Attack) -> None:
    if attack.question == USUAL_QUESTION:
        report, neighbour = firing_range.grade(attack.source, HONEST)
    else:
        (report,) = firing_range.grade(attack.source, question=attack.question)
        (neighbour,) = firing_range.grade(HONEST)
    assert_undeserved_nothing(attack, report)
    assert_full_marks(neighbour)
    firing_range.assert_clean()


@pytest.mark.parametrize("plant", PAIRS, ids=lambda attack: attack.name)
def test_what_one_submission_plants_no_later_one_finds(firing_range: Range, plant: Attack) -> None:
    find = next(attack for attack in ATTACKS if attack.name == plant.name.replace("persist_a_", "persist_b_"))
    planted, found, again, neighbour = firing_range.grade(plant.source, find.source, find.source, HONEST)
    for attack, report in ((plant, planted), (find, found), (find, again)):
        assert_undeserved_nothing(attack, report)
    assert_full_marks(neighbour)


@pytest.mark.parametrize("attack", [a for a in ATTACKS if MARK.encode() in a.source], ids=lambda attack: attack.name)
def test_hidden_inputs_do_not_come_out_as_text(firing_range: Range, attack: Attack) -> None:
    (report,) = firing_range.grade(attack.source)
    seen = shown(report, Audience.STUDENT)
    hidden = [case for case in seen.cases if case.visibility is Visibility.HIDDEN]
    assert hidden
    assert MARK not in "".join(map(repr, hidden))
    assert MARK not in seen.printed


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.name.startswith("l3_through_")], ids=lambda a: a.name)
def test_hidden_inputs_do_not_come_out_with_a_public_case(firing_range: Range, attack: Attack) -> None:
    (report,) = firing_range.grade(attack.source)
    assert MARK not in repr(shown(report, Audience.STUDENT))


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.name.startswith(("i_", "x_exception"))], ids=lambda a: a.name
)
def test_what_students_see_is_plain_and_short(firing_range: Range, attack: Attack) -> None:
    (report,) = firing_range.grade(attack.source)
    for audience in Audience:
        text = str(report_json(shown(report, audience)))
        assert len(text) < 100_000
        assert not any(c in text for c in "\x1b\x00\x07\r\u202e\u2066\ud800"), audience


@pytest.mark.parametrize("path", honest_on_disk(), ids=lambda path: path.stem)
def test_an_odd_but_honest_submission_gets_full_marks(firing_range: Range, path: Path) -> None:
    assert_full_marks(firing_range.grade(path.read_bytes(), short=False)[0])


@pytest.mark.parametrize("name", made_honest())
def test_an_odd_but_honest_source_gets_full_marks(firing_range: Range, name: str) -> None:
    assert_full_marks(firing_range.grade(made_honest()[name], short=False)[0])


def test_the_suite_is_as_large_as_promised() -> None:
    assert len(ATTACKS) >= 70
    assert len(honest_on_disk()) >= 16
