"""What import-linter cannot say: allow-lists of third parties, and calls that are banned."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.image import PACKAGE, Target, sources

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
HARNESS_MAY = {"torch", "numpy", "grader.wire", "grader.vocab", "grader.errors", "grader.author", "grader.harness"}
BANNED_CALLS = {"eval", "torch.load", "pickle.load", "pickle.loads", "marshal.loads", "numpy.load", "np.load"}
BANNED_MODULES = {"pickle", "dill", "cloudpickle", "shelve", "marshal"}
CLOCK_READERS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now"}


def _tree(path: Path) -> ast.Module:
    return ast.parse((PACKAGE / path).read_text(encoding="utf-8"), filename=str(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            assert node.module is not None
            yield node.module
            # `from grader import vocab` imports grader.vocab
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "grader")


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _called(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            yield _dotted(node.func), node.lineno


def _is_one_of(module: str, allowed: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def test_the_harness_imports_only_what_may_stand_beside_a_submission() -> None:
    strangers = [
        f"{path}: {module}"
        for path in MODULES
        if path.parts[0] == "harness"
        for module in _imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and module != "grader"
        and not _is_one_of(module, HARNESS_MAY)
    ]
    assert strangers == []


def test_only_the_docker_backend_speaks_docker() -> None:
    speakers = {path.as_posix() for path in MODULES if any(_is_one_of(name, {"docker"}) for name in _imported(path))}
    assert all(Path(name).match("sandbox/docker*.py") for name in speakers), speakers


def test_only_settings_reads_the_environment() -> None:
    readers = {
        path.as_posix()
        for path in MODULES
        for node in ast.walk(_tree(path))
        if (isinstance(node, ast.Attribute) and _dotted(node) in {"os.environ", "os.environb", "os.getenv"})
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and any("env" in a.name for a in node.names))
    }
    assert readers <= {"settings.py"}


def test_only_the_clock_reads_the_clock() -> None:
    readers = {path.as_posix() for path in MODULES for name, _ in _called(path) if name in CLOCK_READERS}
    assert readers <= {"clock.py"}


def test_nothing_unpickles_or_evaluates() -> None:
    calls = [f"{path}:{line} {name}" for path in MODULES for name, line in _called(path) if name in BANNED_CALLS]
    modules = [f"{path}: {name}" for path in MODULES for name in _imported(path) if _is_one_of(name, BANNED_MODULES)]
    assert calls + modules == []


@pytest.mark.parametrize("target", ["sandbox", "judge"])
def test_an_image_holds_every_module_of_ours_that_its_modules_import(target: Target) -> None:
    inside = {path.as_posix() for path in sources(target)}
    missing = []
    for path in sources(target):
        if path.suffix != ".py":
            continue
        for module in _imported(path):
            if not module.startswith("grader."):
                continue
            place = "/".join(module.split(".")[1:])
            if f"{place}.py" not in inside and f"{place}/__init__.py" not in inside:
                missing.append(f"{path} imports {module}")
    assert missing == []
