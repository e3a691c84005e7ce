"""A question from a zip: nothing is unpacked to a disk, and nothing is taken that a question may not have."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from grader.services.questions.workshop_files import checked_files, shortened
from grader.services.refusals import Reason, Refused
from grader.spec.find import IGNORED, MAX_FILE_BYTES, MAX_FILES, MAX_FOLDER_BYTES
from grader.spec.question import REFERENCE, SPEC_FILE

MAX_ZIP_BYTES = 6 * 1024 * 1024
# Entries with folders and with what other programs leave there; more is no question.
MAX_ENTRIES = 5 * MAX_FILES
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LITTER = IGNORED | {"__MACOSX", "Thumbs.db", "desktop.ini"}


def files_in_zip(content: bytes) -> dict[str, bytes]:
    """The files of one question; raises Refused with what to change.

    Folders around all of them are taken off. A zip may also hold both halves as a bank has them,
    `tasks/course/tutorial/name/…` and `reference/course/tutorial/name/…`.
    """
    if len(content) > MAX_ZIP_BYTES:
        raise Refused(
            Reason.TOO_LARGE, f"A zip may have {MAX_ZIP_BYTES // 1024**2} MiB. Leave out what is no part of it."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return checked_files(_without_common_folder(dict(_members(archive))))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Refused(
            Reason.INVALID, "This is no zip file that can be read. Make it anew, without a password."
        ) from error


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused(
            Reason.TOO_LARGE, f"This zip has {len(entries)} entries; a question has at most {MAX_FILES} files."
        )
    seen: set[str] = set()
    left = MAX_FOLDER_BYTES
    for entry in entries:
        path = _checked_name(entry)
        if path is None:
            continue
        if path in seen:
            raise Refused(Reason.INVALID, f"{shortened(path)} is in the zip twice.")
        seen.add(path)
        if entry.flag_bits & 0x1:
            raise Refused(Reason.INVALID, f"{shortened(path)} has a password. Make the zip without one.")
        if entry.compress_type not in _METHODS:
            raise Refused(Reason.INVALID, f"{shortened(path)} is packed in an unusual way. Make an ordinary zip.")
        # What an entry says about its size is not believed: no more is read than may be there.
        with archive.open(entry) as stream:
            data = stream.read(min(MAX_FILE_BYTES, left) + 1)
        if len(data) > MAX_FILE_BYTES:
            raise Refused(Reason.TOO_LARGE, f"{shortened(path)} is larger than {MAX_FILE_BYTES // 1024**2} MiB.")
        left -= len(data)
        if left < 0:
            most = MAX_FOLDER_BYTES // 1024**2
            raise Refused(Reason.TOO_LARGE, f"Unpacked, this is more than {most} MiB. Leave out what is no part of it.")
        yield path, data


def _checked_name(entry: zipfile.ZipInfo) -> str | None:
    """Where the file is to stand; None for a folder and for what other programs leave in a zip."""
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = name.split("/")
    if "\\" in name or name.startswith("/") or ":" in name or ".." in parts or "\0" in name:
        raise Refused(Reason.INVALID, f"{shortened(name)} leads out of the question's folder.")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Refused(Reason.INVALID, f"{shortened(name)} is a link. Put the file itself into the zip.")
    if entry.is_dir() or any(part in _LITTER or part.startswith(".") or part.endswith((".pyc", "~")) for part in parts):
        return None
    return name


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Below the folder that holds question.toml, with the secret half under `reference/`."""
    specs = [path for path in files if path.rpartition("/")[2] == SPEC_FILE]
    if not specs:
        raise Refused(Reason.INVALID, f"There is no {SPEC_FILE} in this zip: it is what makes a folder a question.")
    if len(specs) > 1:
        raise Refused(Reason.INVALID, f"There are {len(specs)} questions in this zip. Upload one at a time.")
    folder = specs[0].removesuffix(SPEC_FILE)
    around, is_bank, inside = folder.rpartition("tasks/")
    secret = f"{around}{REFERENCE}{inside}" if is_bank and (not around or around.endswith("/")) else None
    kept: dict[str, bytes] = {}
    for path, content in files.items():
        if path.startswith(folder):
            kept[path.removeprefix(folder)] = content
        elif secret is not None and path.startswith(secret):
            kept[REFERENCE + path.removeprefix(secret)] = content
        else:
            raise Refused(
                Reason.INVALID, f"{shortened(path)} stands outside of the question's folder. Leave it out of the zip."
            )
    return kept
