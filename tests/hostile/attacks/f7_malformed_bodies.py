# expect: zero
# class: X
# about: well-framed bodies that are no values: a pickle, JSON, truncated arrays, overflowing shapes, colliding keys
import gc
import os
import pickle
import stat
import struct
import sys

from grader.wire import pack

def channel():
    """Descriptors that are sockets: one of them is the harness's."""
    found = []
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                found.append(fd)
        except OSError:
            pass
    return found


def frames_up():
    frame = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back


def current_call():
    """The call message that is being served, from the harness's own variables."""
    for frame in frames_up():
        for value in list(frame.f_locals.values()):
            if type(value) is dict and "id" in value and "steps" in value:
                return value
    for value in gc.get_objects():
        if type(value) is dict and "id" in value and "steps" in value:
            return value
    return {"id": 0, "steps": [], "observe": [{"what": "value"}, {"what": "gradient"}]}

class Boom:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


BODIES = [
    pickle.dumps(Boom()),
    b'{"id": 0, "status": "ok", "observed": [0]}',
    b"",
    b"l" + struct.pack("<I", 2**32 - 1),
    b"a\x08\x02" + struct.pack("<QQ", 2**63, 2**63),
    b"a\x08\x01" + struct.pack("<Q", 3) + b"\0",
    (b"l" + struct.pack("<I", 1)) * 100_000 + b"N",
    b"d" + struct.pack("<I", 1) + b"l" + struct.pack("<I", 0) + b"N",
    b"s" + struct.pack("<I", 3) + b"\xed\xa0\x80",
]
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    for fd in channel():
        os.write(fd, pack(BODIES[calls % len(BODIES)]))
    return (mu * 0).sum()
