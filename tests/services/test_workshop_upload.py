"""A zip becomes a question's files, or is refused with a sentence; attacks on the way in."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Callable

import pytest

from grader.services.questions.workshop_files import checked_files, checked_path
from grader.services.questions.workshop_upload import MAX_ENTRIES, MAX_ZIP_BYTES, files_in_zip
from grader.services.refusals import Refused
from grader.spec.skeleton import skeleton

FILES = dict(skeleton("a/b/c", "f(a, b)").files)


def zipped(files: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _info: None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, content)
    return held.getvalue()


def with_prefix(prefix: str) -> dict[str, bytes]:
    return {prefix + path: content for path, content in FILES.items()}


@pytest.mark.parametrize("prefix", ["", "squares/", "home/me/squares/"])
def test_folders_around_all_files_are_taken_off(prefix: str) -> None:
    assert files_in_zip(zipped(with_prefix(prefix))) == FILES


@pytest.mark.parametrize("around", ["", "bank/"])
def test_both_halves_may_lie_as_a_bank_has_them(around: str) -> None:
    halves = {
        f"{around}reference/a/b/c/{path.removeprefix('reference/')}"
        if path.startswith("reference/")
        else f"{around}tasks/a/b/c/{path}": content
        for path, content in FILES.items()
    }
    assert files_in_zip(zipped(halves)) == FILES


def test_what_other_programs_leave_in_a_zip_is_left_out() -> None:
    litter = {
        "__MACOSX/._x": b"x",
        ".DS_Store": b"x",
        "q/__pycache__/cases.cpython-312.pyc": b"x",
        "q/.git/config": b"",
    }
    assert files_in_zip(zipped(with_prefix("q/") | litter)) == FILES


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "/etc/passwd.py", "q/../../evil.py", "..\\evil.py", "C:/evil.py", "q/..", "q/\\..\\evil.py"],
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(Refused, match="leads out"):
        files_in_zip(zipped(FILES | {name: b"x = 1\n"}))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(mode: int) -> None:
    def as_link(info: zipfile.ZipInfo) -> None:
        if info.filename == "cases.py":
            info.external_attr = (mode | 0o777) << 16

    with pytest.raises(Refused, match="is a link"):
        files_in_zip(zipped(FILES | {"cases.py": b"/etc/passwd"}, as_link))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(FILES | {"large.txt": bytes(64 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(Refused, match="larger than 2 MiB"):
        files_in_zip(bomb)


def test_many_files_that_are_too_much_together_are_refused() -> None:
    many = {f"f{number}.txt": bytes(2 * 1024 * 1024) for number in range(40)}
    with pytest.raises(Refused, match="more than 8 MiB"):
        files_in_zip(zipped(FILES | many))


def test_an_entry_that_lies_about_its_size_gets_no_more_memory() -> None:
    content = zipped(FILES | {"large.txt": bytes(30 * 1024 * 1024)})
    size = (30 * 1024 * 1024).to_bytes(4, "little")
    lying = content.replace(size, (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(Refused):
        files_in_zip(lying)


def test_thousands_of_entries_are_refused() -> None:
    with pytest.raises(Refused, match="entries"):
        files_in_zip(zipped(FILES | {f"{number}.txt": b"" for number in range(MAX_ENTRIES)}))


def test_more_files_than_a_question_may_have_are_refused() -> None:
    with pytest.raises(Refused, match="at most 200 files"):
        files_in_zip(zipped(FILES | {f"{number}.txt": b"" for number in range(200)}))


def test_a_name_that_is_there_twice_is_refused() -> None:
    held = io.BytesIO(zipped(FILES))
    with warnings.catch_warnings(), zipfile.ZipFile(held, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("cases.py", b"other = 1\n")
    with pytest.raises(Refused, match="twice"):
        files_in_zip(held.getvalue())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no zip file"),
        (b"not a zip", "no zip file"),
        (zipped(FILES)[:-30], "no zip file"),
        (zipped({"cases.py": b""}), "no question.toml"),
        (zipped(with_prefix("a/") | with_prefix("b/")), "2 questions"),
        (zipped(with_prefix("a/") | {"other/x.py": b""}), "outside of the question"),
        (b"x" * (MAX_ZIP_BYTES + 1), "6 MiB"),
    ],
)
def test_what_is_no_question_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        files_in_zip(content)


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"question.toml": b"x = 1\n"}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1
    with pytest.raises(Refused, match="password"):
        files_in_zip(bytes(content))


@pytest.mark.parametrize(
    "path",
    [
        "", "a", "a.exe", "a.so", "../a.py", "/a.py", "a//b.py", ".hidden.py", "a/.b.py", "a b.py", "ä.py", "a.py\n",
        "<script>.py", '"onload=.svg', "a/b/c/d/e/f.py", "x" * 130 + ".py", "reference/../a.py", "a.py/", "con\0.py",
    ],
)  # fmt: skip
def test_a_question_has_no_file_of_such_a_name(path: str) -> None:
    with pytest.raises(Refused):
        checked_path(path) if path != "a.py\n" else checked_path("a\n.py")


def test_text_must_be_text_and_says_where_it_is_not() -> None:
    with pytest.raises(Refused, match="look at line 2"):
        checked_files({"cases.py": b"x = 1\ny = '\xff'\n"})
    with pytest.raises(Refused, match="NUL"):
        checked_files({"cases.py": b"x = '\0'\n"})
    assert checked_files({"plot.png": b"\x89PNG\xff\0"})


def test_nothing_is_a_file_and_a_folder() -> None:
    with pytest.raises(Refused, match="file and a folder"):
        checked_files({"a.py": b"", "a.py/b.py": b""})
