"""Known right and known wrong submissions, with the verdict that each must get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import AuthorFault
from grader.spec.question import SAMPLES
from grader.spec.words import did_you_mean
from grader.vocab import Diagnosis, Verdict

HEADER = re.compile(r"^#\s*(?P<key>verdict|diagnosis|about)\s*:\s*(?P<value>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of `reference/…/samples/`; `path` is relative to the question."""

    path: str
    source: bytes
    verdict: Verdict
    diagnosis: Diagnosis | None = None
    about: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it must get full marks."""
        return self.verdict is Verdict.ACCEPTED


def samples_of(files: Mapping[str, bytes]) -> tuple[Sample, ...]:
    """All samples of a question, sorted by path. Raises AuthorFault for a header that contradicts itself."""
    paths = sorted(path for path in files if path.startswith(SAMPLES) and path.endswith(".py"))
    return tuple(read_sample(path, files[path]) for path in paths)


def read_sample(path: str, source: bytes) -> Sample:
    """A sample from its text: comments at its top declare the verdict, and perhaps the diagnosis."""
    declared: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(source.decode("utf-8", errors="replace").splitlines(), start=1):
        if not line.startswith("#"):
            break
        header = HEADER.match(line)
        if header is not None:
            declared[header["key"]] = (header["value"], number)
    word, line_of_verdict = declared.get("verdict", ("accepted" if _named_right(path) else "", 1))
    if not word:
        raise AuthorFault("a wrong sample begins with `# verdict: …`", where=path, key="verdict", line=1)
    if word not in list(Verdict):
        message = f"unknown verdict {word!r}{did_you_mean(word, list(Verdict))}"
        raise AuthorFault(message, where=path, key="verdict", line=line_of_verdict)
    if (word == Verdict.ACCEPTED) != _named_right(path):
        message = "files named right_*.py must be accepted, and only they"
        raise AuthorFault(message, where=path, key="verdict", line=line_of_verdict)
    diagnosis, line_of_diagnosis = declared.get("diagnosis", ("", 1))
    if diagnosis and diagnosis not in list(Diagnosis):
        message = f"unknown diagnosis {diagnosis!r}{did_you_mean(diagnosis, list(Diagnosis))}"
        raise AuthorFault(message, where=path, key="diagnosis", line=line_of_diagnosis)
    return Sample(
        path=path,
        source=source,
        verdict=Verdict(word),
        diagnosis=Diagnosis(diagnosis) if diagnosis else None,
        about=declared.get("about", ("", 1))[0],
    )


def _named_right(path: str) -> bool:
    return path.rpartition("/")[2].startswith("right")
