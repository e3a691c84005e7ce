"""Loads the Python files of a question and calls their functions; whatever goes wrong in them is the author's fault."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.errors import AuthorFault, SandboxFault


class AuthorFile:
    """One file of a question as a module. `path` is relative to the question, as faults name it."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.module = self._load(source)

    def _load(self, source: bytes) -> ModuleType:
        name = "question_" + self.path.removesuffix(".py").replace("/", "_").replace(".", "_")
        module = ModuleType(name)
        module.__file__ = self.path
        # dataclasses and typing look modules up there.
        sys.modules[name] = module
        lines = source.decode("utf-8", errors="replace").splitlines(keepends=True)
        linecache.cache[self.path] = (len(source), None, lines, self.path)
        try:
            exec(compile(source, self.path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - the author's code
        except Exception as error:
            raise fault_of(error, self.path, None) from error
        return module

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the file. Raises AuthorFault when there is none."""
        found = getattr(self.module, name, None)
        if not callable(found):
            raise AuthorFault(f"there is no function called `{name}`", where=self.path, key=name)
        return found  # type: ignore[no-any-return]

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the file. Raises AuthorFault, with the line, for whatever it raises."""
        function = self.function(name)
        try:
            return function(*args, **kwargs)
        except (AuthorFault, SandboxFault):
            raise
        except Exception as error:
            raise fault_of(error, self.path, name) from error


def fault_of(error: Exception, path: str, key: str | None) -> AuthorFault:
    """The fault that an exception of an author's file is, with the innermost line of that file."""
    line: int | None = None
    if isinstance(error, SyntaxError) and error.filename == path:
        line = error.lineno
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == path:
            line = frame.lineno
    return AuthorFault(f"{type(error).__name__}: {error}"[:2000], where=path, key=key, line=line)
