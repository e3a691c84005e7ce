"""The catalogue of sentences."""

from __future__ import annotations

import re
from pathlib import Path

from grader.judge import messages
from grader.judge.messages import Subject, cut, message_ids, say

JUDGE = Path(messages.__file__).parent


def test_every_sentence_that_is_said_is_in_the_catalogue_and_the_other_way_round() -> None:
    text = "".join(path.read_text() for path in JUDGE.rglob("*.py") if path.name != "messages.py")
    quoted = set(re.findall(r'"([a-z_]+)"', text))
    said = set(re.findall(r'\bsay\(\s*"([a-z_]+)"', text))
    assert said <= message_ids()
    assert message_ids() <= quoted


def test_a_sentence_is_cut_where_an_answer_is_too_long() -> None:
    said = say("type", subject=Subject("the result"), expected="a tensor", given="x" * 10_000)
    assert len(said.public) < 1000


def test_a_part_of_a_result_is_named_to_nobody_who_may_not_see_the_case() -> None:
    said = say("none", subject=Subject("the result").part("secret"))
    assert "secret" in said.public
    assert "secret" not in said.discreet


def test_a_huge_number_can_be_shown() -> None:
    assert len(cut(repr(10**4000))) == messages.LONGEST_PART
