"""All questions of a deployment, by id."""

from __future__ import annotations

from pathlib import Path

from grader.errors import AuthorFault, UsageError
from grader.settings import Settings
from grader.spec.find import QUESTION_ID, question_ids, read_folder
from grader.spec.load import load_question, read_question
from grader.spec.question import REFERENCE, SPEC_FILE, Question
from grader.spec.words import did_you_mean


class Bank:
    """Questions read from the folder of public halves and, where it is kept, the folder of secret ones.

    Nothing is cached: an edited question is another version at the next `get`.
    """

    def __init__(self, tasks_dir: Path, reference_dir: Path | None) -> None:
        self.tasks_dir = tasks_dir
        self.reference_dir = reference_dir

    @classmethod
    def of(cls, settings: Settings) -> Bank:
        """The bank of a deployment."""
        return cls(settings.tasks_dir, settings.reference_dir)

    def ids(self) -> list[str]:
        """Sorted `course/tutorial/question`."""
        return question_ids(self.tasks_dir)

    def get(self, question_id: str) -> Question:
        """The question; raises UsageError when there is none of that id, AuthorFault when it is faulty."""
        return load_question(self.files(question_id), question_id)

    def faults(self, question_id: str) -> list[AuthorFault]:
        """Every fault of a question, for its author; UsageError when there is none of that id."""
        try:
            return read_question(self.files(question_id), question_id)[1]
        except AuthorFault as fault:
            return [fault]

    def files(self, question_id: str) -> dict[str, bytes]:
        """Contents of both folders, the secret ones under `reference/…`."""
        folder = self.tasks_dir / question_id
        if not QUESTION_ID.fullmatch(question_id) or not (folder / SPEC_FILE).is_file():
            raise UsageError(f"no question {question_id!r}{did_you_mean(question_id, self.ids())}")
        files = read_folder(folder)
        if any(path.startswith(REFERENCE) for path in files):
            raise AuthorFault("the public folder must not hold a reference", where=REFERENCE)
        if self.reference_dir is not None and (self.reference_dir / question_id).is_dir():
            files |= read_folder(self.reference_dir / question_id, REFERENCE)
        return files

    def resolve(self, name: str) -> str:
        """The id a person meant: an id, its last part if only one question ends so, or a path to its folder."""
        ids = self.ids()
        if name in ids:
            return name
        path = Path(name).resolve()
        for root in (self.tasks_dir, self.reference_dir):
            if root is not None and path.is_relative_to(root.resolve()):
                inside = path.relative_to(root.resolve()).as_posix()
                if inside in ids:
                    return inside
        ending = [question_id for question_id in ids if question_id.endswith("/" + name)]
        if len(ending) == 1:
            return ending[0]
        if ending:
            raise UsageError(f"{name!r} could be {' or '.join(ending)}")
        if not ids:
            raise UsageError(f"no questions in {self.tasks_dir}; set GRADER_TASKS to the folder that holds them")
        holding = [question_id for question_id in ids if name in question_id]
        if len(holding) == 1:
            raise UsageError(f"no question {name!r}; did you mean {holding[0]!r}?")
        known = ids if "/" in name else sorted({question_id.rpartition("/")[2] for question_id in ids})
        raise UsageError(f"no question {name!r}{did_you_mean(name, holding or known)}")
