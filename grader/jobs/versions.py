"""Published questions, loaded once by each worker: a version never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from grader.services.questions.publish import question_of
from grader.spec.question import Question
from grader.store.database import Database
from grader.store.questions import QuestionVersion

KEPT = 100


class Versions:
    """The versions that were asked for last. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Question] = OrderedDict()

    def question(self, version_id: int) -> Question:
        """The whole question; raises AuthorFault for one that this grader cannot read."""
        with self._lock:
            if version_id in self._kept:
                self._kept.move_to_end(version_id)
                return self._kept[version_id]
        with self._database.reading() as session:
            question = question_of(session.get_one(QuestionVersion, version_id))
        with self._lock:
            self._kept[version_id] = question
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return question
