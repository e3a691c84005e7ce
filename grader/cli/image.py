"""`grader image`: the images in which the docker backend runs course code, and those of the service itself."""

from __future__ import annotations

from collections.abc import Callable

import click

from grader.errors import UsageError
from grader.sandbox.image import Target

TARGETS: tuple[Target, ...] = ("sandbox", "judge")

Progress = Callable[[str], None]


@click.group()
def image() -> None:
    """The images in which the docker backend runs course code, and those of the service itself."""


@image.command()
@click.option("--base", default="debian:12-slim", show_default=True, help="Image to build on: Debian 12.")
@click.option("--network", default="default", show_default=True, help='"none" when the base has Python already.')
@click.option("--service/--no-service", default=True, help="Also the images of docker-compose.yml: site and worker.")
@click.option("--quiet", is_flag=True, help="Print only the tags.")
def build(base: str, network: str, service: bool, quiet: bool) -> None:
    """Build all images from this checkout; what has not changed is taken from the engine's cache."""
    try:
        from grader.sandbox import docker_build, docker_service  # noqa: PLC0415  # not part of every installation
    except ModuleNotFoundError as error:
        raise UsageError(f"building images needs the package {error.name!r}: pip install 'grader[worker]'") from error

    progress = _silent if quiet else _show
    for target in TARGETS:
        click.echo(docker_build.build(target, base, network, progress))
    if service:
        _build_scripts(progress)
        click.echo(docker_service.build_service("site", base, network, progress))
        click.echo(docker_service.build_service("worker", base, network, progress))


@image.command()
@click.option("--base", required=True, help="Image with both servers: docker/make-servers-base.sh makes it.")
@click.option("--quiet", is_flag=True, help="Print only the tags.")
def servers(base: str, quiet: bool) -> None:
    """Build stand-ins for the official images of PostgreSQL and Redis, where no registry can be reached."""
    from grader.sandbox import docker_service  # noqa: PLC0415  # not part of every installation

    progress = _silent if quiet else _show
    click.echo(docker_service.build_server("postgres", base, progress))
    click.echo(docker_service.build_server("redis", base, progress))


def _build_scripts(progress: Progress) -> None:
    from web.frontend_build import ensure_built  # noqa: PLC0415  # not part of every installation

    progress("Building the pages' scripts")
    if not ensure_built():
        raise UsageError("the pages' scripts could not be built, so that the image of the site would lack its editor")


def _show(line: str) -> None:
    click.echo(click.style(f"  {line[:110]}", dim=True), err=True)


def _silent(_: str) -> None:
    pass
