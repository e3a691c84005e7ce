"""An archive of a course, read with suspicion: only what a whole one of ours holds, and never much of it at once."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from grader.services.archive.archive_tables import archived_tables
from grader.services.archive.course_archive import FORMAT, FORMAT_VERSION, MANIFEST, README, member_of
from grader.services.refusals import Reason, Refused

MAX_BYTES = 32 * 2**30  # of all files, unpacked
MAX_RATIO = 400  # what text of ours is packed to, and some more
MAX_LINE_BYTES = 64 * 2**20
MAX_MANIFEST_BYTES = 2**20
_SMALL = 2**20


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    rows: int
    last_id: int


class _Course(msgspec.Struct, forbid_unknown_fields=True):
    slug: str
    title: str
    term: str


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    format_version: int
    made_at: str
    course: _Course
    tables: dict[str, _Table]


class ArchiveReader:
    """An opened archive; raises Refused for whatever is not a whole archive of ours."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            self._check_members()
            self._manifest = self._read_manifest()
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError) as error:
            raise _refused(f"it is no zip file, or a damaged one ({error})") from error

    @property
    def slug(self) -> str:
        """The course's name in addresses where it was exported."""
        return self._manifest.course.slug

    def last_id(self, table: str) -> int:
        """No row of the table has a higher id."""
        return self._manifest.tables[table].last_id

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows with their line numbers."""
        expected = self._manifest.tables[table].rows
        number = 0
        try:
            with self._zip.open(member_of(table)) as file:
                while line := file.readline(MAX_LINE_BYTES + 1):
                    number += 1
                    if len(line) > MAX_LINE_BYTES or not line.endswith(b"\n"):
                        raise _refused(f"line {number} of {member_of(table)} is too long, or not whole")
                    yield number, self._row(table, number, line)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise _refused(f"{member_of(table)} is damaged ({error})") from error
        if number != expected:
            raise _refused(f"{member_of(table)} has {number} rows where the manifest says {expected}")

    def _row(self, table: str, number: int, line: bytes) -> dict[str, Any]:
        try:
            return msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise _refused(f"line {number} of {member_of(table)} is no row ({error})") from error

    def _check_members(self) -> None:
        wanted = {MANIFEST, README, *(member_of(table.name) for table in archived_tables())}
        found = [info.filename for info in self._zip.infolist()]
        if len(set(found)) != len(found):
            raise _refused("it holds a file twice")
        strange, missing = set(found) - wanted, wanted - set(found)
        if strange or missing:
            odd = "what does not belong there" if strange else "not all that belongs there"
            names = ", ".join(sorted(name[:80] for name in (strange or missing))[:5])
            raise _refused(f"it holds {odd}: {names}. It may be of another version of the grader")
        for info in self._zip.infolist():
            if info.flag_bits & 0x1:
                raise _refused(f"{info.filename} is encrypted")
            if info.file_size > _SMALL and info.file_size > MAX_RATIO * info.compress_size:
                raise _refused(f"{info.filename} would unpack to {MAX_RATIO} times its size or more")
        if sum(info.file_size for info in self._zip.infolist()) > MAX_BYTES:
            raise _refused(f"it would unpack to more than {MAX_BYTES // 2**30} GiB")

    def _read_manifest(self) -> _Manifest:
        if self._zip.getinfo(MANIFEST).file_size > MAX_MANIFEST_BYTES:
            raise _refused("its manifest is too long")
        try:
            manifest = msgspec.json.decode(self._zip.read(MANIFEST), type=_Manifest)
        except (msgspec.DecodeError, RecursionError) as error:
            raise _refused(f"its manifest cannot be read ({error})") from error
        if (manifest.format, manifest.format_version) != (FORMAT, FORMAT_VERSION):
            raise _refused("it is of a format that this version of the grader does not know")
        if manifest.tables.keys() != {table.name for table in archived_tables()}:
            raise _refused("its manifest names other tables than there are")
        if any(not 0 <= table.rows <= 10**9 or not 0 <= table.last_id <= 10**9 for table in manifest.tables.values()):
            raise _refused("its manifest counts more rows than a course can have")
        return manifest


def _refused(why: str) -> Refused:
    return Refused(Reason.INVALID, f"This is no archive of a course that can be imported: {why}. Nothing was changed.")
