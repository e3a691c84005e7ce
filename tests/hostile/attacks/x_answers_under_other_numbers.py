# expect: zero
# class: F7
# about: swaps the numbers of answers, so that an answer meant for one case would count for another
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

def neg_log_likelihood(samples, mu, var_):
    number = current_call()["id"]
    tensor = Tagged("tensor", {"data": Array("float32", (), b"\0\0\0\0"), "requires_grad": True, "is_leaf": False, "attached": True})
    for fd in channel():
        for other in (number + 1, number - 1, -1, 2**70, True, 1.0):
            os.write(fd, pack(encode({"id": other, "status": "ok", "observed": [tensor] * 4})))
    return (mu * 0).sum()
