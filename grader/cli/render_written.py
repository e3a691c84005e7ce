"""How `grader question show` puts a written question, for its author: with the key where it is kept."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from grader.spec import AnswerKey, Question, answer_key_of


def print_written(console: Console, question: Question) -> None:
    """What is asked for, the options, and what earns points."""
    answer = question.spec.answer
    assert answer is not None
    asked = [f"{answer.points:g} points"]
    if answer.unit:
        asked.append(f"counted in {answer.unit}")
    if answer.multiple:
        asked.append("several options may be right")
    if answer.reason:
        asked.append(f"{answer.reason:g} of them for the reason, which a person marks")
    if answer.max_words is not None:
        asked.append(f"at most {answer.max_words} words")
    console.print(f"\n[bold]{question.spec.kind}[/bold]: {', '.join(asked)}\n", highlight=False)
    key = answer_key_of(question.files) or AnswerKey()
    rows: list[tuple[RenderableType, str]] = []
    for option in question.spec.options:
        mark = Text("✓", "green") if option.name in key.right_options else Text("·", "bright_black")
        rows.append((mark, f"{option.name}: {option.text}"))
    if key.value is not None:
        rows.append((Text("✓", "green"), f"{key.value:g}" + (f" ± {key.tolerance:g}" if key.tolerance else "")))
    if key.low is not None and key.high is not None:
        rows.append((Text("✓", "green"), f"from {key.low:g} to {key.high:g}"))
    rows.extend((Text("✗", "red"), f"{trap.value:g}: {trap.text}") for trap in key.traps)
    rows.extend((Text(f"{item.points:g}", "bold"), f"{item.name}: {item.text}") for item in key.rubric)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for head, text in rows:
        table.add_row(head, Text(text))
    console.print(table)
