"""From the bytes of a file to the function or class that is graded."""

from __future__ import annotations

import inspect
import linecache
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from types import ModuleType

from grader.errors import AuthorFault
from grader.harness.pristine import Surroundings
from grader.harness.tracebacks import Raised, Source, SubmissionFault, describe_error, type_name

PROBE_FILE = "probe.py"
MOST_NAMES = 200  # of a file, looked through for one that is like the name asked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A loaded entry point: the object to call, the file it came from, and the settings to go back to between calls."""

    target: object
    source: Source
    surroundings: Surroundings


def load_submission(
    source: bytes, entry: str, kind: str, parameters: int | None, *, filename: str = "submission.py"
) -> Entry:
    """Compile and run a file as a module named after `filename`, and find its entry point.

    `kind` is "function" or "class", `parameters` how many positional arguments it must accept (None: not looked at).
    Raises Raised at the stages compile, import and entry.
    """
    shown = Source.of(filename, source)
    surroundings = Surroundings()
    stage = "compile"
    try:
        code = compile(source, filename, "exec", dont_inherit=True)
        stage = "import"
        module = _module(filename, shown)
        exec(code, module.__dict__)  # noqa: S102 - running submissions is what this process is for
        stage = "entry"
        target = _entry_point(module, entry, kind, parameters)
    except BaseException as error:  # noqa: BLE001 - SystemExit and what else a submission thinks of are its errors
        surroundings.restore()
        raise Raised(describe_error(error, stage, None, shown)) from None
    surroundings.restore()
    return Entry(target, shown, surroundings)


def load_probe(source: str) -> ModuleType:
    """The question's probe.py as a module. Raises AuthorFault."""
    shown = Source.of(PROBE_FILE, source.encode())
    try:
        code = compile(source, PROBE_FILE, "exec", dont_inherit=True)
        module = _module(PROBE_FILE, shown)
        exec(code, module.__dict__)  # noqa: S102 - the author's own code
    except Exception as error:
        line = describe_error(error, "compile", None, shown)["line"]
        raise AuthorFault(
            f"{type(error).__name__}: {error}", where=PROBE_FILE, line=line if isinstance(line, int) else None
        ) from error
    return module


def _module(filename: str, source: Source) -> ModuleType:
    """An empty module in `sys.modules`, where dataclasses and pickle look; `inspect.getsource` finds its text."""
    name = filename.removesuffix(".py")
    module = ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    linecache.cache[filename] = (sum(map(len, source.lines)), None, list(source.lines), filename)
    return module


def _entry_point(module: ModuleType, entry: str, kind: str, parameters: int | None) -> object:
    if entry not in vars(module):
        missing = f"There is no {kind} named `{entry}` in the file"
        raise SubmissionFault("MissingEntryPoint", missing + _instead(module, entry))
    target: object = vars(module)[entry]
    if kind == "class" and not issubclass(type(target), type):
        raise SubmissionFault("NotAClass", f"`{entry}` must be a class; it is a {type_name(target)}.")
    if not callable(target):
        raise SubmissionFault("NotCallable", f"`{entry}` must be a function; it is a {type_name(target)}.")
    if parameters is not None:
        _check_parameters(target, entry, parameters)
    return target


def _instead(module: ModuleType, entry: str) -> str:
    """The end of that sentence: a name of the file that looks like a slip of the pen, or that there are none at all."""
    names = [name for name in vars(module) if type(name) is str and not name.startswith("__")]
    if not names:
        return ": it defines nothing."
    close = get_close_matches(entry, names[:MOST_NAMES], n=1)
    return f", but there is `{close[0]}`: the name must be exactly the one asked for." if close else "."


def _check_parameters(target: object, entry: str, parameters: int) -> None:
    try:
        signature = inspect.signature(target)  # type: ignore[arg-type]  # known to be callable
    except BaseException:  # noqa: BLE001 - a signature that cannot be read is no reason to refuse; calling it will tell
        return
    try:
        signature.bind(*range(parameters))
    except TypeError:
        taken = ", ".join(map(str, signature.parameters))
        plural = "argument" if parameters == 1 else "arguments"
        raise SubmissionFault(
            "WrongParameters",
            f"`{entry}` is called with {parameters} {plural}, by position; yours is `{entry}({taken})`.",
        ) from None
