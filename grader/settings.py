"""The one reader of the environment."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import UsageError

# Without a broker: the worker's own process carries the messages, see grader.jobs.embedded.
EMBEDDED_BROKER = "memory://"
SANDBOXES = ("auto", "docker", "local")
CONTAINERS = ("shared", "single")
_FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides; every field has a default that suits a laptop."""

    tasks_dir: Path  # GRADER_TASKS
    reference_dir: Path | None  # GRADER_REFERENCE; None where the reference solutions are not kept
    sandbox: str = "auto"  # GRADER_SANDBOX: auto, docker or local
    single: bool = False  # GRADER_CONTAINERS: single, a container for every submission, or shared
    lanes: int | None = None  # GRADER_LANES: submissions at the same time; None lets the backend decide

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, current: Path | None = None) -> Settings:
        """Read the variables above; raises UsageError for a word or number that cannot be.

        `tasks` is looked for in the current folder first, then beside the installed project; `reference` beside it.
        """
        found = os.environ if environment is None else environment
        here = Path.cwd() if current is None else current
        sandbox = found.get("GRADER_SANDBOX", "auto")
        if sandbox not in SANDBOXES:
            raise UsageError(f"GRADER_SANDBOX is {sandbox!r}; use one of {', '.join(SANDBOXES)}")
        tasks = _named_folder(found, "GRADER_TASKS") or next(
            (place / "tasks" for place in (here, PROJECT) if (place / "tasks").is_dir()), here / "tasks"
        )
        return cls(
            tasks_dir=tasks,
            reference_dir=_named_folder(found, "GRADER_REFERENCE") or reference_beside(tasks),
            sandbox=sandbox,
            single=_containers(found) == "single",
            lanes=_positive(found, "GRADER_LANES"),
        )


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """What the site and its workers need to know; the defaults need no server beside them."""

    data_dir: Path  # GRADER_DATA
    database_url: str = field(repr=False)  # GRADER_DATABASE_URL, or a file that holds it
    broker_url: str = field(repr=False)  # GRADER_BROKER_URL, or a file; memory:// without a broker
    secret_key: str = field(repr=False)  # GRADER_SECRET_KEY, or a file; made once in the data folder
    site_url: str | None = None  # GRADER_SITE_URL, as people type it; https:// makes cookies secure
    proxies: int = 0  # GRADER_PROXIES: how many proxies in front may say who is calling
    devices: tuple[str, ...] = ("cpu",)  # GRADER_DEVICES: what a worker here may grade on, cpu and gpu
    metrics_token: str | None = field(default=None, repr=False)  # GRADER_METRICS_TOKEN, or a file; opens /metrics
    metrics_dir: Path | None = None  # PROMETHEUS_MULTIPROC_DIR: where several processes of a site add up their figures
    # GRADER_QUESTION_FOLDERS: by name, folders with tasks and reference that staff may pull questions from
    question_folders: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, data_dir: Path | None = None
    ) -> ServiceSettings:
        """Read the variables above, each also from the file that VARIABLE_FILE names; makes the data folder.

        Raises UsageError for what cannot be.
        """
        found = os.environ if environment is None else environment
        data = data_dir or Path(found.get("GRADER_DATA") or "grader-data")
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot use {data} for data: {error.strerror}") from error
        data = data.resolve()
        devices = tuple(word.strip() for word in found.get("GRADER_DEVICES", "cpu").split(","))
        if not set(devices) <= {"cpu", "gpu"}:
            raise UsageError(f"GRADER_DEVICES is {','.join(devices)!r}; name cpu, gpu or both, with a comma")
        proxies = found.get("GRADER_PROXIES") or "0"
        if not proxies.isdecimal():
            raise UsageError(f"GRADER_PROXIES is {proxies!r}; it must be a whole number")
        return cls(
            data_dir=data,
            database_url=_secret(found, "GRADER_DATABASE_URL") or f"sqlite:///{_kept_database(data / 'grader.db')}",
            broker_url=_secret(found, "GRADER_BROKER_URL") or EMBEDDED_BROKER,
            secret_key=_secret(found, "GRADER_SECRET_KEY") or _kept_key(data / "secret-key"),
            site_url=found.get("GRADER_SITE_URL") or None,
            proxies=int(proxies),
            devices=devices,
            metrics_token=_secret(found, "GRADER_METRICS_TOKEN"),
            metrics_dir=Path(folder) if (folder := found.get("PROMETHEUS_MULTIPROC_DIR")) else None,
            question_folders=_question_folders(found),
        )

    @property
    def is_embedded(self) -> bool:
        """Whether site and worker find each other through the data folder, without a broker."""
        return self.broker_url == EMBEDDED_BROKER


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Where somebody hands in from a terminal, and as whom."""

    server: str | None = None  # GRADER_SERVER, or `server` in the file
    token: str | None = field(default=None, repr=False)  # GRADER_TOKEN, a file that holds it, or `token` in the file
    is_of_file: bool = False  # whether the token is the file's: it is for the file's server only
    file: Path | None = None  # what was read; None where there is none

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> ClientSettings:
        """Read the variables, and where they say nothing `grader/config.toml` of the person's configuration folder."""
        found = os.environ if environment is None else environment
        home = Path(found.get("XDG_CONFIG_HOME") or Path(found.get("HOME") or "/") / ".config")
        file = home / "grader" / "config.toml"
        kept = _config(file)
        token = _secret(found, "GRADER_TOKEN")
        return cls(
            server=found.get("GRADER_SERVER") or kept.get("server"),
            token=token or kept.get("token"),
            is_of_file=token is None and "token" in kept,
            file=file if file.exists() else None,
        )


def _config(file: Path) -> dict[str, str]:
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # of TOML or of UTF-8
        raise UsageError(f"{file} cannot be read: {error}") from error
    for name, value in read.items():
        if name not in {"server", "token"} or not isinstance(value, str):
            raise UsageError(f'{file} holds {name!r}: it may say server = "https://…" and token = "grader_…"')
    return read


def _secret(environment: Mapping[str, str], variable: str) -> str | None:
    """A variable, or what stands in the file that VARIABLE_FILE names."""
    file = environment.get(f"{variable}_FILE")
    if not file:
        return environment.get(variable) or None
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise UsageError(f"{variable}_FILE is {file!r}, which cannot be read: {error.strerror}") from error


def _kept_key(file: Path) -> str:
    """The key that a deployment without one made for itself; two processes that start at once agree on it."""
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    if not file.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "utf-8")
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text("utf-8").strip()


def _kept_database(file: Path) -> Path:
    """A database for its owner alone, in a folder of any mode; SQLite makes its other files like it."""
    file.touch(mode=0o600)
    return file


def reference_beside(tasks_dir: Path) -> Path | None:
    """The reference solutions that belong to these questions; None where they are not kept."""
    folder = tasks_dir.resolve().parent / "reference"
    return folder if folder.is_dir() else None


def _named_folder(environment: Mapping[str, str], variable: str) -> Path | None:
    """The folder that the variable names, which must exist; None when it names none."""
    named = environment.get(variable)
    if not named:
        return None
    if not Path(named).is_dir():
        raise UsageError(f"{variable} is {named!r}, which is not a folder")
    return Path(named)


def _question_folders(environment: Mapping[str, str]) -> dict[str, Path]:
    """`bank=/srv/bank, ml=/srv/ml`. A folder may be missing for a while: a page says so then."""
    folders: dict[str, Path] = {}
    for part in filter(None, (part.strip() for part in environment.get("GRADER_QUESTION_FOLDERS", "").split(","))):
        name, _, path = part.partition("=")
        if not _FOLDER_NAME.fullmatch(name.strip()) or not path.strip().startswith("/"):
            raise UsageError(
                f"GRADER_QUESTION_FOLDERS holds {part!r}; write a name of a-z, 0-9 and -, =, and the whole path"
            )
        folders[name.strip()] = Path(path.strip())
    return folders


def _containers(environment: Mapping[str, str]) -> str:
    word = environment.get("GRADER_CONTAINERS") or "shared"
    if word not in CONTAINERS:
        raise UsageError(f"GRADER_CONTAINERS is {word!r}; use one of {', '.join(CONTAINERS)}")
    return word


def _positive(environment: Mapping[str, str], variable: str) -> int | None:
    text = environment.get(variable)
    if not text:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise UsageError(f"{variable} is {text!r}; it must be a whole number above 0")
    return int(text)
