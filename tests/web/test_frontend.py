"""Building the pages' scripts: only when needed, from what is pinned, and never at the cost of the site."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from tests.web.question_world import entered, open_site
from web import frontend_build
from web.frontend_build import SOURCES, ensure_built


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A front end whose build copies a file, without any package."""
    folder = tmp_path / "frontend"
    (folder / "src/entries").mkdir(parents=True)
    (folder / "package.json").write_text('{"name": "x", "version": "1.0.0"}')
    (folder / "package-lock.json").write_text(
        '{"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "1.0.0"}}}'
    )
    (folder / "src/entries/page.js").write_text("one")
    (folder / "build.mjs").write_text(
        'import { appendFileSync, copyFileSync } from "node:fs";\n'
        'appendFileSync("runs", "x");\n'
        'copyFileSync("src/entries/page.js", `${process.argv[2]}/page.js`);\n'
    )
    return folder


def runs(sources: Path) -> int:
    file = sources / "runs"
    return len(file.read_text()) if file.exists() else 0


def test_what_is_up_to_date_is_not_built_again(sources: Path, tmp_path: Path) -> None:
    built = tmp_path / "static/dist"
    assert ensure_built(sources, built)
    assert ensure_built(sources, built)
    assert runs(sources) == 1
    assert (built / "page.js").read_text() == "one"


def test_a_changed_source_is_built(sources: Path, tmp_path: Path) -> None:
    built = tmp_path / "static/dist"
    ensure_built(sources, built)
    (sources / "src/entries/page.js").write_text("two")
    assert ensure_built(sources, built)
    assert (built / "page.js").read_text() == "two"


def test_without_node_on_the_path_the_python_package_s_is_used(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    assert ensure_built(sources, tmp_path / "dist")
    assert runs(sources) == 1


def test_a_build_that_fails_is_told_and_keeps_what_was_built(
    sources: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    built = tmp_path / "dist"
    ensure_built(sources, built)
    (sources / "build.mjs").write_text('throw new Error("no such entry");')
    with caplog.at_level(logging.WARNING):
        assert ensure_built(sources, built)
    assert "no such entry" in caplog.text
    assert (built / "page.js").read_text() == "one"


def test_where_nothing_can_be_built_there_is_a_warning_and_no_crash(
    sources: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontend_build, "_tools", _no_tools)
    with caplog.at_level(logging.WARNING):
        assert not ensure_built(sources, tmp_path / "dist")
    assert "plain text field" in caplog.text


def _no_tools() -> tuple[str, list[str]]:
    raise frontend_build.CannotBuild("no Node.js")


def test_an_installed_site_serves_what_was_built_into_it(sources: Path, tmp_path: Path) -> None:
    built = tmp_path / "dist"
    assert not ensure_built(tmp_path / "gone", built)
    ensure_built(sources, built)
    shutil.rmtree(sources)
    assert ensure_built(sources, built)


def test_every_package_is_pinned_with_its_digest_and_names_no_host() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert "node_modules/@codemirror/view" in packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in "".join(package.get("resolved", "") for package in packages.values())


def test_the_types_of_the_scripts_are_right(tmp_path: Path) -> None:
    node, npm = frontend_build._tools()
    for name in ("package.json", "package-lock.json", "tsconfig.json"):
        shutil.copy(SOURCES / name, tmp_path)
    shutil.copytree(SOURCES / "src", tmp_path / "src")
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}

    def said(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*npm, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    # The site's own build fetches its packages in the same way: where this fails, there are no pages either.
    fetched = said("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    checked = said("run", "--silent", "check")
    assert checked.returncode == 0, checked.stdout


def test_a_site_without_scripts_serves_the_question_with_a_plain_field(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, database, _ = open_site(tmp_path, sqlite_url)
    page = _with_static(app, tmp_path)
    assert '<textarea name="source"' in page
    assert "dist/question.js" not in page
    database.close()


def _with_static(app: Flask, folder: Path) -> str:
    app.static_folder = str(folder)
    return entered(app, "ada").get("/c/ml/a/t3/tensor_add/").text
