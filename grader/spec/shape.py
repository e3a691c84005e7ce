"""Whether parsed TOML has the keys, types and words that the model knows."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from grader.spec.locate import KeyPath
from grader.spec.words import did_you_mean

AT_PATH = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?(?P<path>\$[^`]*)`)?$", re.DOTALL)
MISSING = re.compile(r"Object missing required field `(?P<key>[^`]+)`")
PATH_PART = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]")
TYPES = re.compile(r"`(?P<names>[a-z| ]+)`")
TOML_WORDS = {
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
}

Mistake = tuple[KeyPath, str]


@functools.cache
def _described(model: type) -> inspect.Type:
    """What a model looks like; reading it off takes longer than reading a question."""
    return inspect.type_info(model)


def mistakes_of_shape(data: Any, model: type, path: KeyPath = ()) -> Iterator[Mistake]:
    """Unknown keys and words first, each with a suggestion; then, if there are none, the first wrong type."""
    found = list(_unknown(data, _described(model), path))
    yield from found
    if found:
        return
    try:
        msgspec.convert(data, model)
    except msgspec.ValidationError as error:
        yield _explained(str(error), path)


def _unknown(data: Any, info: inspect.Type, path: KeyPath) -> Iterator[Mistake]:
    match info:
        case inspect.StructType() | inspect.DataclassType() if isinstance(data, dict):
            fields = {field.encode_name: field.type for field in info.fields}
            for key, value in data.items():
                if key not in fields:
                    yield (*path, key), f"unknown key {key!r}{did_you_mean(key, fields)}"
                else:
                    yield from _unknown(value, fields[key], (*path, key))
        case inspect.VarTupleType() if isinstance(data, list):
            for index, value in enumerate(data):
                yield from _unknown(value, info.item_type, (*path, index))
        case inspect.LiteralType() if isinstance(data, str):
            words = [word for word in info.values if isinstance(word, str)]
            if data not in words:
                yield path, f"unknown word {data!r}{did_you_mean(data, words)}"
        case inspect.EnumType() if isinstance(data, str):
            words = [member.value for member in info.cls]
            if data not in words:
                yield path, f"unknown word {data!r}{did_you_mean(data, words)}"
        case inspect.UnionType():
            for member in info.types:
                yield from _unknown(data, member, path)


def _explained(sentence: str, path: KeyPath) -> Mistake:
    """The path and an author's wording of what msgspec found."""
    parts = AT_PATH.match(sentence)
    assert parts is not None
    what = parts["what"]
    for part in PATH_PART.finditer(parts["path"] or "$"):
        path += (part["key"] if part["key"] is not None else int(part["index"]),)
    missing = MISSING.match(what)
    if missing is not None:
        return path, f"the key {missing['key']!r} is missing"
    what = TYPES.sub(_plain_types, what)
    return path, what[:1].lower() + what[1:]


def _plain_types(types: re.Match[str]) -> str:
    """A whole number for `int | null`: TOML has no null, so an author need not hear of it."""
    names = types["names"].split(" | ")
    return " or ".join(TOML_WORDS.get(name, name) for name in names if name != "null")
