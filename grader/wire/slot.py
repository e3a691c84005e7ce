"""What a worker and the warm process of a slot say to each other: frames of kind, child number and payload."""

from __future__ import annotations

from enum import IntEnum
from struct import Struct

from grader.wire.failures import Malformed
from grader.wire.frames import pack

_HEAD = Struct("<BI")

# One read of a child's bytes travels as one frame, so this bounds a frame from the slot.
CHUNK_BYTES = 256 * 1024
MAX_FRAME_BYTES = CHUNK_BYTES + 4096
MAX_NOTE_BYTES = 64 * 1024  # one packet between a slot's two processes


class Kind(IntEnum):
    """What a frame says. The first four go down to the slot, the others up."""

    SPAWN = 1  # wire dict: the limits, and whether torch's compiler must be in memory
    DATA = 2  # bytes of the child's channel, in both directions
    KILL = 3  # payload: the outcome to report
    QUIT = 4
    HELLO = 16  # wire dict: versions, layers in force
    PRINTED = 17  # head of what the child printed
    ENDED = 18  # wire dict: outcome, detail, peak_memory_mib, cpu_s
    FAULT = 19  # text: the slot could not do its work for this child
    BORN = 20  # the child exists and listens


def pack_slot_frame(kind: Kind, child: int, payload: bytes = b"") -> bytes:
    """One frame, ready to be written."""
    return pack(_HEAD.pack(kind, child) + payload)


def unpack_slot_frame(body: bytes) -> tuple[Kind, int, bytes]:
    """The parts of a frame's body; raises Malformed."""
    if len(body) < _HEAD.size:
        raise Malformed("a slot frame without its head")
    kind, child = _HEAD.unpack_from(body)
    try:
        return Kind(kind), child, body[_HEAD.size :]
    except ValueError:
        raise Malformed(f"slot frame of unknown kind {kind}") from None
