"""Draws the pictures of statements: each by the program `picture.py` beside the question's secrets.

A program defines `pictures() -> dict[str, Figure]`: figures by the name of the file in the question's public folder.
"""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from pictures.style import DARK

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "picture.py"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

_HEAD = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r" *<metadata>.*?</metadata>\n", re.DOTALL)
_POINTS = re.compile(r'(<svg[^>]*? (?:width|height)="[0-9.]+)pt"')
_FONTS = re.compile(r"font-family: 'DejaVu Sans'[^;\"]*; ")


def main(wanted: Sequence[str]) -> int:
    """Write the pictures of these questions, or of all; 2 where one has no program."""
    programs = programs_of_bank()
    chosen = {name for name in programs for word in wanted if f"/{name}".endswith(f"/{word.strip('/')}")}
    unknown = [word for word in wanted if not any(f"/{name}".endswith(f"/{word.strip('/')}") for name in chosen)]
    if unknown:
        print(f"no {PROGRAM} beside the reference of {', '.join(unknown)}", file=sys.stderr)  # noqa: T201
        return 2
    for question in sorted(chosen or programs):
        for name, drawing in drawn_by(programs[question]).items():
            file = ROOT / "tasks" / question / name
            file.write_text(drawing, "utf-8")
            print(f"wrote {file.relative_to(ROOT)}")  # noqa: T201
    return 0


def programs_of_bank() -> dict[str, Path]:
    """The programs by the id of their question."""
    found = (ROOT / "reference").glob(f"*/*/*/{PROGRAM}")
    return {program.parent.relative_to(ROOT / "reference").as_posix(): program for program in found}


def drawn_by(program: Path) -> dict[str, str]:
    """What the program draws, as SVG by file name: the same text every time."""
    spec = importlib.util.spec_from_file_location(f"picture_of_{program.parent.name}", program)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    figures: Mapping[str, Figure] = module.pictures()
    drawings = {name: svg_of(figure) for name, figure in figures.items()}
    plt.close("all")
    return drawings


def svg_of(figure: Figure) -> str:
    """The figure in pixels, with the reader's own fonts, and in dark colours where their pages are dark."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    text = _METADATA.sub("", _HEAD.sub("", written.getvalue()))
    text = _POINTS.sub(r'\1"', _POINTS.sub(r'\1"', text))
    text = _FONTS.sub("", text)
    used = [light for light in DARK if light in text]
    for light in used:
        text = text.replace(light, f"var({_variable(light)})")
    lights = " ".join(f"{_variable(light)}: {light};" for light in used)
    darks = " ".join(f"{_variable(light)}: {DARK[light]};" for light in used)
    rules = (
        f"text {{ font-family: {FONT}; }}",
        f":root {{ {lights} }}",
        f"@media (prefers-color-scheme: dark) {{ :root {{ {darks} }} }}",
    )
    head, _, rest = text.partition(">\n")
    lines = [f"{head}>", "<style>", *rules, "</style>", *rest.splitlines()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _variable(colour: str) -> str:
    return f"--c{colour.removeprefix('#')}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
