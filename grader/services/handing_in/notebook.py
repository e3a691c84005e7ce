"""A notebook handed in where a Python file is wanted: the code cells that matter, as one source."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec

from grader.services.refusals import Reason, Refused

MAX_NOTEBOOK_BYTES = 8 * 1024 * 1024
MAX_CODE_BYTES = 1024 * 1024
MAX_CELLS = 20_000
_READER = Path(__file__).with_name("notebook_reader.py")
_READING_S = 5.0
# Each may take a core and half a GB, and keeps a thread of the site waiting.
_MOST_AT_ONCE = 3
_PATIENCE_S = 5.0
_readers = threading.BoundedSemaphore(_MOST_AT_ONCE)


class _Cell(msgspec.Struct):
    cell_type: str = "code"
    source: str | list[str] = ""  # nbformat 4
    input: str | list[str] = ""  # nbformat 3

    @property
    def code(self) -> str:
        text = self.source or self.input
        return text if isinstance(text, str) else "".join(text)


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Notebook(msgspec.Struct):
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []


def is_notebook(file_name: str) -> bool:
    """Whether a file of that name is read as a notebook."""
    return file_name.lower().endswith(".ipynb")


def source_from_notebook(raw: bytes, entry_name: str) -> str:
    """The definition of `entry_name` and what it needs from other cells, as a Python source.

    Outputs, magics and cells that it does not need are left out. Raises Refused with what to do.
    """
    cells = [cell.code for cell in _cells(raw) if cell.cell_type == "code"]
    if sum(map(len, cells)) > MAX_CODE_BYTES:
        raise Refused(
            Reason.TOO_LARGE, "The notebook's code cells hold more than 1 MB. Leave out data and keep the code."
        )
    answer = _read_apart({"cells": cells, "entry_name": entry_name})
    if "source" not in answer:
        raise Refused(Reason.INVALID, str(answer["refused"]))
    return str(answer["source"])


def _cells(raw: bytes) -> list[_Cell]:
    if len(raw) > MAX_NOTEBOOK_BYTES:
        raise Refused(
            Reason.TOO_LARGE, "The notebook is larger than 8 MB. Clear its outputs, save it and hand it in again."
        )
    try:
        notebook = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(
            Reason.INVALID,
            "This file cannot be read as a notebook. Open it in Jupyter, save it, and hand in the saved .ipynb file; "
            "or paste your code into the editor.",
        ) from error
    cells = [*notebook.cells, *(cell for sheet in notebook.worksheets for cell in sheet.cells)]
    if not cells:
        raise Refused(Reason.EMPTY, "This notebook has no cells.")
    if len(cells) > MAX_CELLS:
        raise Refused(Reason.TOO_LARGE, f"The notebook has more than {MAX_CELLS} cells. Keep those that matter.")
    return cells


def _read_apart(asked: dict[str, Any]) -> dict[str, Any]:
    """What the reader makes of it; a process of its own, because some sources kill Python's parser."""
    if not _readers.acquire(timeout=_PATIENCE_S):
        raise Refused(Reason.TOO_MANY, "Many notebooks are being read just now. Try again in a few seconds.")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(_READER)],
            input=json.dumps(asked).encode("ascii"),
            capture_output=True,
            timeout=_READING_S,
            check=True,
            cwd="/",
            env={},
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Refused(
            Reason.INVALID,
            "The code of this notebook could not be read: it is too large or too deeply nested. "
            "Paste the code that matters into the editor.",
        ) from error
    finally:
        _readers.release()
    return answer if isinstance(answer, dict) else {"refused": "The code of this notebook could not be read."}
