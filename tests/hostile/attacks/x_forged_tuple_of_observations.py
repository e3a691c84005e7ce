# expect: zero
# class: X
# about: correct frames whose list of observations is too short, too long, or a different container
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

calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    number = current_call()["id"]
    observed = [[], [None], [None] * 1000, (None, None), {"value": None}, None, "value"][calls % 7]
    for fd in channel():
        os.write(fd, pack(encode({"id": number, "status": "ok", "observed": observed})))
        os.write(fd, pack(encode({"id": number, "status": "ok", "observed": observed})))
    return (mu * 0).sum()
