"""LaTeX to MathML. The converter copies some of its input as it stands, so only what is known to be harmless passes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from latex2mathml import converter
from markupsafe import escape

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose", "mfenced"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"),
    *("mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd"),
}
_ATTRIBUTES = {
    *("display", "displaystyle", "scriptlevel", "mathvariant", "mathsize", "width", "height", "depth", "voffset"),
    *("stretchy", "fence", "form", "separator", "lspace", "rspace", "minsize", "maxsize", "largeop", "movablelimits"),
    *("symmetric", "accent", "accentunder", "linethickness", "notation", "open", "close", "separators"),
    *("columnalign", "columnspacing", "columnlines", "columnspan", "rowspacing", "rowlines", "rowspan"),
}
# Names of functions stand apart from what they are applied to, as in TeX; the converter leaves the space out.
_NAMES = {"log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min", "det", "arg"}
_APART = {"mi", "mn", "mfrac", "mrow", "msub", "msup", "msubsup", "msqrt"}
_LEFT_AS_WRITTEN = (("\\arg", "arg"), ("\\_", "_"))  # by the converter
_THIN_SPACE = '<mspace width="0.167em"></mspace>'


def formula(latex: str, *, is_block: bool) -> str:
    """The formula as HTML; one that cannot be converted stays readable as LaTeX, with the class `math-failed`."""
    try:
        made = converter.convert(latex.strip(), display="block" if is_block else "inline")
        # No document type can stand in it, for it begins with the converter's own element.
        return _written(ET.fromstring(made))  # noqa: S314
    except Exception:  # noqa: BLE001 - whatever an author wrote, the rest of the page is shown
        return f'<code class="math-failed">{escape(latex)}</code>'


def _written(element: ET.Element) -> str:
    tag = element.tag.removeprefix(_NAMESPACE)
    if tag not in _ELEMENTS or not _ATTRIBUTES.issuperset(element.attrib):
        raise ValueError(f"{tag} with {sorted(element.attrib)} has no place in a formula")
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    for written, meant in _LEFT_AS_WRITTEN:
        element.text = (element.text or "").replace(written, meant)
    parts = [f"<{tag}{attributes}>", str(escape(element.text))]
    for before, child, after in zip([None, *element], element, [*element[1:], None], strict=False):
        spaced = _is_name(child) and tag in {"mrow", "math", "mstyle", "mtd"}
        parts += [
            _THIN_SPACE if spaced and _is_apart(before) and not _is_name(before) else "",
            _written(child),
            _THIN_SPACE if spaced and _is_apart(after) else "",
            str(escape(child.tail or "")),
        ]
    return "".join([*parts, f"</{tag}>"])


def _is_name(element: ET.Element | None) -> bool:
    return element is not None and element.text in _NAMES


def _is_apart(element: ET.Element | None) -> bool:
    return element is not None and element.tag.removeprefix(_NAMESPACE) in _APART
