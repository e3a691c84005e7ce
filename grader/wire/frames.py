"""Messages on a stream: a u32 length (little-endian), then the body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from struct import Struct

from grader.wire.failures import OverBound, Truncated

LENGTH = Struct("<I")


def pack(body: bytes) -> bytes:
    """The body with its length in front."""
    if len(body) > 0xFFFFFFFF:
        raise OverBound("more than a 32-bit length can say")
    return LENGTH.pack(len(body)) + body


class FrameCounter:
    """Counts the whole bodies in a stream that arrives in arbitrary pieces, without keeping them."""

    def __init__(self) -> None:
        self.count = 0
        self._missing = 0  # bytes until the body is whole
        self._head = b""

    def feed(self, chunk: bytes) -> None:
        """Take in `chunk`."""
        at = 0
        while at < len(chunk):
            if self._missing == 0:
                taken = LENGTH.size - len(self._head)
                self._head += chunk[at : at + taken]
                at += taken
                if len(self._head) < LENGTH.size:
                    return
                (self._missing,) = LENGTH.unpack(self._head)
                self._head = b""
            else:
                taken = min(self._missing, len(chunk) - at)
                self._missing -= taken
                at += taken
            if self._missing == 0:
                self.count += 1


class FrameReader:
    """Cuts a stream that arrives in arbitrary pieces into bodies of at most `max_bytes`.

    A length over that raises OverBound as soon as its four bytes are there; nothing can be read after it.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take in `chunk`, then yield every whole body; what is not consumed now comes with the next call."""
        self._buffer += chunk
        return self._bodies()

    @property
    def pending_bytes(self) -> int:
        """Bytes of a body that has not come whole; not 0 at the end of the stream means that it was cut."""
        return len(self._buffer)

    def _bodies(self) -> Iterator[bytes]:
        buffer = self._buffer
        while len(buffer) >= LENGTH.size:
            length = _bounded(buffer, self.max_bytes)
            end = LENGTH.size + length
            if len(buffer) < end:
                return
            body = bytes(memoryview(buffer)[LENGTH.size : end])
            del buffer[:end]
            yield body


def read_frame(read: Callable[[int], bytes], max_bytes: int) -> bytes | None:
    """The next body from a blocking `read` (`sock.recv`, `file.read`); None at the end of the stream.

    Raises Truncated when the stream ends within a frame and OverBound for a length over `max_bytes`.
    """
    header = _read_exactly(read, LENGTH.size)
    if not header:
        return None
    if len(header) < LENGTH.size:
        raise Truncated("the stream ends within a length")
    length = _bounded(header, max_bytes)
    body = _read_exactly(read, length)
    if len(body) < length:
        raise Truncated("the stream ends within a message")
    return body


def _bounded(header: bytes | bytearray, max_bytes: int) -> int:
    length = int(LENGTH.unpack_from(header)[0])
    if length > max_bytes:
        raise OverBound(f"a message of {length} bytes; at most {max_bytes} are allowed")
    return length


def _read_exactly(read: Callable[[int], bytes], length: int) -> bytes:
    """Up to `length` bytes, fewer only at the end of the stream; asks for pieces, so a lie allocates little."""
    pieces = bytearray()
    while len(pieces) < length:
        piece = read(min(length - len(pieces), 2**20))
        if not piece:
            break
        pieces += piece
    return bytes(pieces)
