# expect: zero
# class: R
# about: pours frames into the channel without end and never reads
import gc
import os
import stat
import sys

from grader.wire import encode, pack

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

def neg_log_likelihood(samples, mu, var_):
    frame = pack(encode({"id": 10**6, "status": "ok", "observed": ["x" * 100_000]})) * 10
    while True:
        for fd in channel():
            os.write(fd, frame)
