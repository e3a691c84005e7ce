"""`grader image build`: the images in which the docker backend runs course code."""

from __future__ import annotations

import click

from grader.errors import UsageError
from grader.sandbox.image import Target

TARGETS: tuple[Target, ...] = ("sandbox", "judge")


@click.group()
def image() -> None:
    """The images in which the docker backend runs course code."""


@image.command()
@click.option("--base", default="debian:12-slim", show_default=True, help="Image to build on: Debian 12.")
@click.option("--network", default="default", show_default=True, help='"none" when the base has Python already.')
@click.option("--quiet", is_flag=True, help="Print only the tags.")
def build(base: str, network: str, quiet: bool) -> None:
    """Build both images from this checkout; what has not changed is taken from the engine's cache."""
    try:
        from grader.sandbox import docker_build  # noqa: PLC0415  # the engine's client is not part of every installation
    except ModuleNotFoundError as error:
        raise UsageError(f"building images needs the package {error.name!r}: pip install 'grader[worker]'") from error

    for target in TARGETS:
        name = docker_build.build(target, base, network, _silent if quiet else _show)
        click.echo(name)


def _show(line: str) -> None:
    click.echo(click.style(f"  {line[:110]}", dim=True), err=True)


def _silent(_: str) -> None:
    pass
