"""`grader submit`: hand a file in to a server, and wait for what it comes to."""

from __future__ import annotations

import json
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import click
import msgspec
from rich.console import Console
from rich.status import Status

from grader.cli.render import print_result
from grader.cli.render_style import points, terminal
from grader.cli.server import Server
from grader.clock import monotonic_s
from grader.errors import GraderError, UsageError
from grader.pipeline.feedback import MAX_MESSAGE_CHARS
from grader.pipeline.order import Fault, RunReport
from grader.pipeline.plain_text import plain, plain_line
from grader.pipeline.source import encoding_problem
from grader.settings import ClientSettings
from grader.vocab import Verdict

EXIT_NOT_GRADED = 3
MAX_NOTEBOOK_BYTES = 64 * 1024 * 1024
FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 5.0
DEFAULT_PATIENCE_S = 900
UNFINISHED = frozenset({"queued", "running"})

Answer = dict[str, Any]


@click.command()
@click.argument("name", metavar="QUESTION")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--server", metavar="URL", help="The server's address.  [default: GRADER_SERVER, or the configuration]")
@click.option("--token", help="Seen by whoever lists processes: prefer GRADER_TOKEN, or the configuration.")
@click.option("--course", metavar="NAME", help="Needed where the question is part of several courses.")
@click.option("--assignment", metavar="NAME", help="Needed where the question is part of several assignments.")
@click.option("--wait", is_flag=True, help="Wait for the result and print it.")
@click.option(
    "--patience", "patience_s", type=click.IntRange(1), default=DEFAULT_PATIENCE_S, show_default=True,
    help="With --wait: for how many seconds.",
)  # fmt: skip
@click.option("--precheck", is_flag=True, help="Run the visible cases only; uses no attempt.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: with --wait the result, else id and url.")
@click.pass_context
def submit(
    context: click.Context,
    name: str,
    file: Path,
    server: str | None,
    token: str | None,
    course: str | None,
    assignment: str | None,
    wait: bool,
    patience_s: int,
    precheck: bool,
    as_json: bool,
) -> None:
    """Hand FILE in to QUESTION: its id on the server, or the last part of it. A notebook (.ipynb) will do.

    To a written question FILE holds the answer; - reads it from standard input. Without --server and --token the
    variables GRADER_SERVER and GRADER_TOKEN are used, or ~/.config/grader/config.toml with `server` and `token`.

    The exit code is 0 when it was handed in (with --wait: graded, whatever the verdict), 2 when something has to be
    done differently, 3 when it could not be graded or the server could not be reached.
    """
    asked = _server(ClientSettings.from_environment(), server, token)
    body = {"question": name, **_content(file), **({"precheck": True} if precheck else {})}
    body |= {key: value for key, value in (("course", course), ("assignment", assignment)) if value is not None}
    handed = asked.submit(body, uuid4().hex)
    submission_id = int(handed["id"])
    if not wait:
        click.echo(json.dumps(handed) if as_json else f"Handed in: {asked.page(submission_id)}")
        return
    answer = _waited_for(asked, submission_id, patience_s)
    if as_json:
        click.echo(json.dumps(answer))
    else:
        _print(answer, file, asked.page(submission_id))
    if answer["state"] == "failed":
        context.exit(EXIT_NOT_GRADED)


def _server(settings: ClientSettings, address: str | None, token: str | None) -> Server:
    chosen = address or settings.server
    if chosen is None:
        raise UsageError("which server? Give --server URL, or set GRADER_SERVER")
    spoken = token or settings.token
    if token is None and settings.is_of_file and chosen.rstrip("/") != (settings.server or "").rstrip("/"):
        spoken = None  # another server has no business with it
    if spoken is None:
        raise UsageError(
            f"no token for {chosen}: make one on {chosen.rstrip('/')}/account and put it into GRADER_TOKEN"
        )
    if (
        settings.is_of_file
        and settings.file is not None
        and settings.file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    ):
        click.echo(f"warning: others can read your token: chmod 600 {settings.file}", err=True)
    parts = urlsplit(chosen)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        click.echo("warning: the token travels in the clear; use https:// if the server has it", err=True)
    return Server(chosen, spoken, tell=lambda sentence: click.echo(sentence, err=True))


def _content(file: Path) -> Answer:
    """What the file adds to the request; refused here is what the server would refuse anyway."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    if file.suffix.lower() == ".ipynb":
        return {"notebook": _notebook(raw, file), "file_name": file.name}
    problem = encoding_problem(raw)
    if problem is not None:
        raise UsageError(f"{file}: {problem}")
    named = {} if str(file) == "-" else {"file_name": file.name}
    return {"source": raw.decode("utf-8"), **named}


def _notebook(raw: bytes, file: Path) -> Answer:
    """The notebook without its outputs: pictures are large, and nobody grades them."""
    if len(raw) > MAX_NOTEBOOK_BYTES:
        raise UsageError(f"{file} is larger than {MAX_NOTEBOOK_BYTES // 1024**2} MB; clear its outputs first")
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
        for cell in notebook.get("cells", ()):
            cell.pop("outputs", None)
            cell.pop("attachments", None)
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise UsageError(f"{file} is not a notebook that can be read: open it in Jupyter and save it again") from error
    return dict(notebook)


def _waited_for(server: Server, submission_id: int, patience_s: int) -> Answer:
    """The answer once there is a result, or once only a person can give one."""
    began_s = monotonic_s()
    wait_s = FIRST_WAIT_S
    console = Console(stderr=True)
    with console.status("handed in") if console.is_terminal else _Quiet() as status:
        while True:
            try:
                answer = server.submission(submission_id)
            except GraderError as error:
                raise type(error)(f"{error} It is handed in all the same: {server.page(submission_id)}") from error
            if answer["state"] not in UNFINISHED:
                return answer
            if monotonic_s() - began_s + wait_s > patience_s:
                raise GraderError(
                    f"there is no result after {patience_s} s, but it is handed in: {server.page(submission_id)}"
                )
            if isinstance(status, Status):
                status.update(_progress(answer))
            time.sleep(wait_s)
            wait_s = min(LONGEST_WAIT_S, wait_s * 1.3)


class _Quiet:
    """In place of a status line where nobody watches."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _progress(answer: Answer) -> str:
    queue = answer.get("queue")
    if queue is None:
        return f"being graded, {len(answer['cases'])} cases so far"
    expected = "" if queue["wait_s"] is None else f", about {max(1, round(queue['wait_s']))} s"
    return f"waiting: {queue['ahead']} before it{expected}"


def _print(answer: Answer, file: Path, page: str) -> None:
    console = terminal()
    if answer["state"] == "awaiting_marking":
        for choice in answer["cases"]:
            of_full = f"{points(choice['points'])} / {points(choice['max_points'])}"
            click.echo(f"{plain(str(choice['message']), MAX_MESSAGE_CHARS)}  {of_full}")
        click.echo(f"Handed in; a person will mark {'the reason' if answer['cases'] else 'it'}.")
    elif answer["state"] == "marked":
        click.echo(f"{points(answer['score'])} / {points(answer['max_score'])}")
    else:
        print_result(console, Path("standard input") if str(file) == "-" else file, _report(answer))
    click.echo(f"\n{page}")


def _report(answer: Answer) -> RunReport:
    """What `grader check` would have made of it. A server is trusted with a result, not with the terminal."""
    is_failed = answer["state"] == "failed"
    cases = [
        {**case, "name": plain_line(str(case["name"])), "message": plain(str(case["message"]), MAX_MESSAGE_CHARS)}
        for case in answer["cases"]
    ]
    told = {
        "question": plain_line(str(answer["question"])),
        "verdict": Verdict.JUDGE_ERROR if is_failed else answer["verdict"],
        "score": answer["score"] or 0.0,
        "max_score": answer["max_score"],
        "duration_ms": answer["duration_ms"] or 0,
        "sandbox": plain_line(str(answer["sandbox"])),
        "device": plain_line(str(answer["device"])),
        "cases": cases,
        "loaded": answer["verdict"] != Verdict.INVALID_SUBMISSION,
    }
    try:
        report = msgspec.convert(told, RunReport, strict=False)
    except msgspec.ValidationError as error:
        raise GraderError(f"the server's answer is not understood ({error}); is its version another one?") from error
    if not is_failed:
        return report
    fault = Fault("grader", "It could not be graded. That is not your fault, and it cost no attempt.")
    return replace(report, fault=fault)
