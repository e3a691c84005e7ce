"""The command `grader`: its sub-commands, and what a person reads when something cannot be done."""

from __future__ import annotations

import importlib
import sys

import click

from grader.errors import AuthorFault, GraderError, SandboxFault, UsageError

EXIT_USAGE = 2
EXIT_NOT_GRADED = 3

# Name → where its click command is, and the line that `grader --help` shows without importing it.
COMMANDS = {
    "serve": ("grader.cli.serve:serve", "Run the site and its worker, with nothing else installed."),
    "check": ("grader.cli.check:check", "Grade files against a question."),
    "submit": ("grader.cli.submit:submit", "Hand a file in to a server that runs the grader."),
    "question": ("grader.cli.question:question", "List, show, make and verify questions."),
    "doctor": ("grader.cli.doctor:doctor", "Say what confines submissions on this machine, and what is missing."),
    "demo": ("grader.cli.demo:demo", "Grade the sample submissions that come with the questions."),
    "image": ("grader.cli.image:image", "Build the images of the docker backend."),
    "worker": ("grader.cli.worker:worker", "Grade what a site has queued (with Redis and PostgreSQL)."),
    "migrate": ("grader.cli.migrate:migrate", "Bring the database's tables up to date."),
    "course": ("grader.cli.course:course", "Make and list courses."),
    "user": ("grader.cli.user:user", "Make, list and lock accounts."),
    "token": ("grader.cli.token:token", "Make, list and revoke API tokens."),
    "roster": ("grader.cli.roster:roster", "Bring a course's people in line with a file."),
    "bench": ("grader.cli.bench:bench", "Measure how fast submissions are graded."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order a newcomer needs them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; None for an unknown name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list under "Commands", from the lines above."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="grader")
def cli() -> None:
    """Grade programming tutorials in PyTorch: every submission in its own sandbox, verdicts that explain."""


def main() -> None:
    """The entry point. Exit codes: 0 done, 1 something asked about is not right, 2 wrong usage, 3 not graded."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        status = 130
    except GraderError as error:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {explanation(error)}", err=True)
        status = exit_code(error)
    sys.exit(status)


def explanation(error: GraderError) -> str:
    """One line that says whose fault it is and what to do."""
    if isinstance(error, AuthorFault):
        return f"the question is faulty: {error}"
    if isinstance(error, SandboxFault):
        advice = "; `grader doctor` says what is missing" if error.permanent else "; try again"
        return f"could not be graded: {error}{advice}"
    return str(error)


def exit_code(error: GraderError) -> int:
    """2 when the person can put it right by asking differently, 3 when something could not be graded."""
    return EXIT_USAGE if isinstance(error, UsageError) else EXIT_NOT_GRADED


if __name__ == "__main__":
    main()
