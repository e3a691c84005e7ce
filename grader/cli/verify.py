"""`grader question verify`: whether questions may be published."""

from __future__ import annotations

import click


@click.command()
@click.argument("names", metavar="QUESTION…", nargs=-1)
def verify(names: tuple[str, ...]) -> None:
    """Check questions the way publishing does."""
    raise NotImplementedError(names)
