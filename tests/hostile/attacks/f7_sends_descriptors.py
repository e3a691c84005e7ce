# expect: zero
# class: F7
# about: passes open descriptors over the harness's socket (SCM_RIGHTS), thousands of them
import array
import gc
import os
import socket
import stat
import sys

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
    for fd in channel():
        peer = socket.socket(fileno=os.dup(fd))
        rights = array.array("i", [0, 1, 2, fd] * 20)
        for _ in range(100):
            try:
                peer.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
            except OSError:
                break
    return (mu * 0).sum()
