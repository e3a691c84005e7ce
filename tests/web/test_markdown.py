"""Statements as pages: every formula is one, and nothing in a statement can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.world import ROOT
from web.markdown import python, render, render_inline

STATEMENTS = sorted((ROOT / "tasks").rglob("statement.md"))
_CODE = re.compile(r"<pre.*?</pre>|<code.*?</code>", re.DOTALL)


@pytest.mark.parametrize("file", STATEMENTS, ids=lambda file: file.parent.name)
def test_every_statement_is_shown_without_a_formula_left_over(file: Path) -> None:
    page = str(render(file.read_text("utf-8")))
    assert "math-failed" not in page
    prose = _CODE.sub("", page)
    assert "$" not in prose
    assert "\\" not in prose
    assert page.count("<math") == page.count("</math>")


def test_all_statements_of_the_bank_are_looked_at() -> None:
    assert len(STATEMENTS) >= 16


def test_formulas_become_mathml_in_their_line_and_on_their_own() -> None:
    page = str(render("The loss $\\frac{1}{n}$ is\n\n$$ \\sum_i x_i $$\n"))
    assert '<math display="inline"><mrow><mfrac>' in page
    assert 'display="block"' in page


def test_a_logarithm_stands_apart_from_what_it_is_taken_of() -> None:
    page = str(render("$2 \\log 3$ and $\\log(x)$"))
    assert page.count("<mspace") == 2


def test_a_formula_at_the_start_of_a_line_that_ends_in_a_digit_is_one() -> None:
    assert "<math" in str(render("$d$, at least 1"))
    assert "<math" in str(render("| | |\n|---|---|\n| `n` | $d$, at least 1 |\n"))


def test_arg_min_is_written_without_a_backslash() -> None:
    page = str(render("$$ c^\\star = \\arg \\min_c f(c) $$"))
    assert "<mi>arg</mi>" in page
    assert "\\" not in page


def test_names_in_formulas_may_have_underscores() -> None:
    assert "grad_fn</mtext>" in str(render("$\\texttt{grad\\_fn}$"))


def test_a_formula_that_cannot_be_read_stays_readable() -> None:
    page = str(render("$\\frac{1}{$ and text"))
    assert "math-failed" in page
    assert "\\frac{1}{" in page
    assert "and text" in page


def test_prices_are_no_formulas() -> None:
    assert "<math" not in str(render("It costs 5\\$ or 6\\$."))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html,x)",
        "[click](//elsewhere.example)",
        "![picture](https://elsewhere.example/a.png)",
        "$<script>alert(1)</script>$",
        "$$\\text{<script>alert(1)</script>}$$",
        "$\\text{<![CDATA[<script>alert(1)</script>]]>}$",
        "$\\href{javascript:alert(1)}{x}$",
        "```python\n</code></pre><script>alert(1)</script>\n```",
        "```<script>\nx\n```",
        "`<script>`",
        '[a](https://b.example "title\\" onmouseover=alert(1)")',
    ],
)
def test_nothing_in_a_statement_can_run(text: str) -> None:
    page = str(render(text)) + str(render_inline(text))
    for bad in ("<script", "<img", '="javascript:', 'href="data:', 'href="//', '" onmouseover'):
        assert bad not in page


def test_links_tell_the_other_site_nothing() -> None:
    assert 'rel="noopener noreferrer"' in render("[PyTorch](https://pytorch.example)")


def test_code_is_coloured_by_classes_and_wide_tables_scroll() -> None:
    assert '<span class="k">def</span>' in render("```python\ndef f(): pass\n```")
    assert '<div class="table-scroll" tabindex="0"><table>' in render("| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<unknown>" not in render("```unknown\nx < 1\n```")
    assert python("x < 1") == '<span class="n">x</span> <span class="o">&lt;</span> <span class="mi">1</span>\n'


def test_one_line_of_text_has_no_paragraph_around_it() -> None:
    assert str(render_inline("the *mean*")) == "the <em>mean</em>"
