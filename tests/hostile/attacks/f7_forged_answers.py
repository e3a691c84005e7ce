# expect: zero
# class: F7
# about: forged answers for every outstanding call, correctly framed: zeros, then NaN, then true
import gc
import os
import stat
import sys

from grader.wire import Array, Tagged, encode, pack

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

def tensor(data):
    return Tagged("tensor", {
        "data": Array("float32", (), data), "requires_grad": True, "is_leaf": False, "attached": True,
        "noncontiguous": False, "parameter": False, "device": "cpu",
    })


def neg_log_likelihood(samples, mu, var_):
    for fd in channel():
        for number in range(64):
            for data in (b"\0\0\0\0", b"\0\0\xc0\x7f"):
                answer = {"id": number, "status": "ok", "observed": [tensor(data), {"mu": tensor(data)}]}
                os.write(fd, pack(encode(answer)))
    return (mu * 0).sum()
