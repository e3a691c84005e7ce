"""The files of a question as one column holds them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import msgspec


def packed(files: Mapping[str, bytes]) -> bytes:
    """For the database."""
    return zlib.compress(msgspec.msgpack.encode(dict(files)))


def unpacked(column: bytes) -> dict[str, bytes]:
    """By path, the secret half under `reference/…`."""
    return msgspec.msgpack.decode(zlib.decompress(column), type=dict[str, bytes])
