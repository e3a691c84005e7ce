# expect: zero
# class: F7
# about: messages that only a judge may send: a report with full marks, cases, "opened", "author_fault"
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
    case = {"name": "all", "visibility": "public", "group": "value", "verdict": "accepted", "points": 10.0, "max_points": 10.0,
            "diagnosis": None, "message": "", "hint": None, "details": {}}
    report = {"verdict": "accepted", "score": 10.0, "max_score": 10.0, "cases": [case], "provenance": {}}
    for fd in channel():
        for message in (
            {"op": "case", "result": case}, {"op": "report", "report": report}, {"op": "opened", "version": "x"},
            {"op": "author_fault", "message": "not mine"}, {"status": "fault", "id": 0, "message": "the harness failed"},
        ):
            os.write(fd, pack(encode(message)))
    return (mu * 0).sum()
