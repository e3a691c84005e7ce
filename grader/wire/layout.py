"""How each value is laid out in bytes; shared by the encoder and the decoder.

One byte of tag, then: nothing (N, T, F) · int64 (i) · u32 length and minimal two's complement (I, what int64
cannot hold) · float64 (f) · two float64 (c) · u32 length and UTF-8 (s) · u32 length and bytes (b) ·
u32 count and items (l, t) · u32 count and key, value, key, value … in order of insertion (d) ·
u8 dtype, u8 dimensions, u64 each, data (a) · u32 length and UTF-8 of the kind, u32 count and name, value … where a
name is u32 length and UTF-8 (g). All little-endian.
"""

from __future__ import annotations

from struct import Struct

from grader.wire.values import ITEM_BYTES

# Changes whenever these bytes or the meaning of a message change; both ends compare it once, in HELLO.
WIRE_VERSION = 1

NONE, TRUE, FALSE = b"NTF"
INT, BIG_INT, FLOAT, COMPLEX = b"iIfc"
STR, BYTES, LIST, TUPLE, DICT, ARRAY, TAGGED = b"sbltdag"

U32 = Struct("<I")
I64 = Struct("<q")
F64 = Struct("<d")
C128 = Struct("<dd")
DIMS = tuple(Struct(f"<{n}Q") for n in range(256))

DTYPE_NAMES: tuple[str, ...] = tuple(ITEM_BYTES)
DTYPE_CODES: dict[str, int] = {name: code for code, name in enumerate(DTYPE_NAMES)}

INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1


def big_int_bytes(value: int) -> int:
    """Length of the shortest two's complement of `value`."""
    return (value if value >= 0 else ~value).bit_length() // 8 + 1
