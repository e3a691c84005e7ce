"""Statements as pages: Markdown to safe HTML, formulas to MathML, code in colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from grader.spec.pictures import PICTURE_NAME
from web.formulas import formula

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_TITLE = re.compile(r"\A\s*# [^\n]*\n")
_SAFE_LINK = re.compile(r"(https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


@lru_cache(maxsize=512)
def render(text: str, pictures: str = "") -> Markup:
    """Safe HTML for staff's and questions' text. Raw HTML in it is shown as text.

    `pictures` is the address below which the files of a statement's pictures stand; without it there are none.
    """
    parser = _parser(has_pictures=bool(pictures))
    return Markup(parser.render(text, {"pictures": pictures}))  # noqa: S704 - markdown-it escapes all text


@lru_cache(maxsize=512)
def render_inline(text: str) -> Markup:
    """The same for one line of text, without a paragraph around it."""
    return Markup(_parser().renderInline(text.strip()))  # noqa: S704 - as above


def without_title(statement: str) -> str:
    """A statement for a page that has the question's title as its own heading."""
    return _TITLE.sub("", statement, count=1)


@lru_cache(maxsize=2)
def _parser(*, has_pictures: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _coloured}).enable(["table", "strikethrough"])
    if not has_pictures:
        parser.disable("image")
    dollarmath_plugin(parser, allow_space=True, allow_digits=False, renderer=_formula)
    parser.inline.ruler.at("math_inline", _with_start(math_inline_dollar(allow_digits=False)))
    parser.validateLink = _is_safe_link_or_picture if has_pictures else _is_safe_link  # type: ignore[method-assign]
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("table_open", lambda *_: '<div class="table-scroll" tabindex="0"><table>')
    parser.add_render_rule("table_close", lambda *_: "</table></div>")
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("math_block", _math_block)
    parser.add_render_rule("math_inline_double", _math_block)
    return parser


def _with_start(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule looks for a digit before the dollar; at the start of a text it would find the last character there."""

    def followed_by_space(state: StateInline, silent: bool) -> bool:
        whole = state.src
        state.src = whole + " "
        try:
            return rule(state, silent)
        finally:
            state.src = whole

    return followed_by_space


@lru_cache(maxsize=4096)
def python(source: str) -> Markup:
    """Python in colour, line by line as it stands; the classes are those of site.css."""
    return Markup(_coloured(source, "python", ""))  # noqa: S704 - pygments escapes


def _coloured(code: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return str(escape(code))
    return highlight(code, lexer, _FORMATTER)


def _fence(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    words = tokens[index].info.split()
    code = tokens[index].content
    body = _coloured(code, words[0] if words else "", "")
    # A signature wraps; of a program each line keeps its indentation, so that one scrolls.
    one_line = " one-line" if code.strip().count("\n") == 0 else ""
    return f'<pre class="hl{one_line}" tabindex="0"><code>{body}</code></pre>\n'


def _link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, index, options, env)


def _math_block(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    return f'<div class="math-block" tabindex="0">{_formula(tokens[index].content, {"display_mode": True})}</div>\n'


def _formula(latex: str, how: dict[str, Any]) -> str:
    return formula(latex, is_block=bool(how["display_mode"]))


def _picture(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
    """Of any other place than the question's own folder, only what it shows."""
    token = tokens[index]
    name = str(token.attrGet("src") or "")
    told = " ".join(token.content.split())
    if not PICTURE_NAME.fullmatch(name):
        return str(escape(told))
    image = Markup('<img class="picture" src="{}{}" alt="{}" decoding="async">')
    return str(image.format(env["pictures"], name, told))


def _is_safe_link_or_picture(url: str) -> bool:
    return PICTURE_NAME.fullmatch(url) is not None or _is_safe_link(url)


def _is_safe_link(url: str) -> bool:
    return _SAFE_LINK.match(url.strip()) is not None
