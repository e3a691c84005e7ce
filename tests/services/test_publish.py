from __future__ import annotations

from dataclasses import replace

from grader.services.publish import publish, question_of
from grader.store.database import Database
from grader.store.models import Question, QuestionVersion
from tests.world import TENSOR_ADD, bank_question


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
