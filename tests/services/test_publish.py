from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from grader.services.questions.publish import publish, question_of, retire, unpublish
from grader.services.refusals import Refused
from grader.spec import Bank
from grader.store.database import Database
from grader.store.models import Question, QuestionVersion
from tests.world import ROOT, TENSOR_ADD, bank_question


def test_a_published_version_is_the_question_that_was_published(database: Database) -> None:
    question = bank_question(TENSOR_ADD)
    with database.transaction() as session:
        published = publish(session, question)
    with database.reading() as session:
        version = session.get_one(QuestionVersion, published.version_id)
        assert question_of(version) == question
        assert version.question.live_version_id == version.id


def test_publishing_the_same_files_again_makes_no_new_version(database: Database) -> None:
    question = bank_question(TENSOR_ADD)
    with database.transaction() as session:
        first = publish(session, question)
        other = publish(session, replace(question, version="sha256:other"))
        again = publish(session, question)
    assert (first.number, other.number, again.number) == (1, 2, 1)
    assert (first.is_new, other.is_new, again.is_new) == (True, True, False)
    with database.reading() as session:
        row = session.get_one(QuestionVersion, first.version_id).question
        assert isinstance(row, Question)
        assert row.live_version_id == first.version_id


def test_a_retired_question_keeps_its_live_version_and_comes_back_by_publishing(database: Database) -> None:
    question = bank_question(TENSOR_ADD)
    with database.transaction() as session:
        first = publish(session, question)
        retire(session, TENSOR_ADD)
        row = session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one()
        assert row.retired_at is not None
        assert row.live_version_id == first.version_id
        publish(session, question)
        assert row.retired_at is None


def test_a_version_is_taken_back_in_favour_of_the_one_before(database: Database) -> None:
    question = bank_question(TENSOR_ADD)
    with database.transaction() as session:
        first = publish(session, question)
        publish(session, replace(question, version="sha256:other"))
        assert unpublish(session, TENSOR_ADD).id == first.version_id
        with pytest.raises(Refused, match="retire it"):
            unpublish(session, TENSOR_ADD)


def test_what_was_never_published_cannot_be_retired(database: Database) -> None:
    with database.transaction() as session, pytest.raises(Refused):
        retire(session, "no/such/question")


def test_the_answer_key_is_not_in_what_the_site_shows(database: Database) -> None:
    bank = Bank(ROOT / "tasks", ROOT / "reference")
    written = [bank.get(name) for name in bank.ids() if not bank.faults(name) and bank.get(name).spec.kind != "code"]
    assert written
    for question in written:
        with database.transaction() as session:
            version = session.get_one(QuestionVersion, publish(session, question).version_id)
            shown = json.dumps([version.spec, version.examples]) + version.statement + version.starter
            assert version.answer_key
            for secret in ("explanation", "rubric", "right"):
                assert f'"{secret}"' not in shown
            if version.answer_key["explanation"]:
                assert version.answer_key["explanation"] not in shown
