"""What a person sees while files are graded; nothing where nobody watches."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from grader.pipeline.order import CaseResult
from grader.spec import Question


class Watch:
    """A line on the terminal that counts files, or the cases of a single file. Told of progress from any thread."""

    def __init__(self, question: Question, files: int, *, as_json: bool) -> None:
        # JSON on the same terminal would be torn apart by a line that is redrawn.
        visible = sys.stderr.isatty() and not (as_json and sys.stdout.isatty())
        self._by_case = files == 1
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("[progress.description]{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not visible,
        )
        self._task = self._progress.add_task("warming up", total=len(question.spec.cases) if self._by_case else files)

    def on_case(self, file: Path, case: CaseResult) -> None:
        """A case was decided; heard again when a file is graded anew, and counted once."""
        del file
        with self._lock:
            self._seen.add(case.name)
            done = len(self._seen)
        if self._by_case:
            self._progress.update(self._task, completed=done, description="cases")

    def on_report(self) -> None:
        """A file is finished."""
        if not self._by_case:
            self._progress.update(self._task, advance=1, description="files")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
