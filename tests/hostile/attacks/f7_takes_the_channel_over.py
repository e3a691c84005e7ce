# expect: zero
# class: F7
# about: a harness of its own: reads all further calls from the socket and answers each with agreeable things
import gc
import os
import stat
import struct
import sys

from grader.wire import Array, Tagged, decode, encode, pack

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

def pleasant(observe):
    zero = Tagged("tensor", {
        "data": Array("float32", (), b"\0\0\0\0"), "requires_grad": True, "is_leaf": False, "attached": True,
        "noncontiguous": False, "parameter": False, "device": "cpu",
    })
    return {
        "value": zero, "gradient": {name: zero for name in observe.get("wrt", [])}, "same": True, "alias": False,
        "random_state": {"torch": True, "numpy": True, "python": True}, "operators": {}, "training": True,
        "isinstance": True, "log": [], "input": {"value": zero, "grad": None, "requires_grad": True},
    }.get(observe.get("what"), zero)


def serve(fd, call):
    os.set_blocking(fd, True)
    while True:
        answer = {"id": call["id"], "status": "ok", "observed": [pleasant(o) for o in call.get("observe", [])]}
        os.write(fd, pack(encode(answer)))
        header = os.read(fd, 4)
        if len(header) < 4:
            os._exit(0)
        length, body = struct.unpack("<I", header)[0], b""
        while len(body) < length:
            body += os.read(fd, length - len(body))
        call = decode(body)


def neg_log_likelihood(samples, mu, var_):
    call = current_call()
    for fd in channel():
        serve(fd, call)
    return (mu * 0).sum()
