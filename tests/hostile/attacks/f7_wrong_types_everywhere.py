# expect: zero
# class: X
# about: valid values of the wrong kind wherever the judge reads one; must never become the judge's own failure
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

zero = Array("float32", (), b"\0\0\0\0")
ODD = [
    None, True, -1, 2**4000, float("nan"), 1j, "", "x" * 100_000, b"\0", [], (), {}, {None: 1, (1, 2): 3, True: 0}, zero,
    Array("uint64", (0, 7), b""), Array("bfloat16", (2,), b"\0\0\0\0"), Tagged("tensor", {}), Tagged("tensor", {"data": None}),
    Tagged("tensor", {"data": zero}), Tagged("tensor", {"data": zero, "requires_grad": "no", "is_leaf": 3, "attached": []}),
    Tagged("no such kind", {}), Tagged("module", {"kind": "Linear", "params": {"in_features": 10**9, "out_features": 10**9}}),
    Tagged("callable", {"name": "os.system", "params": {}}), Tagged("dtype", {"name": "__class__"}),
    Tagged("generator", {"seed": 10**30}), Tagged("ndarray", {"data": zero}), Tagged("numpy_scalar", {"data": zero}),
    Tagged("module_seen", {}), Tagged("module_seen", {"type": 1, "parameters": 2, "buffers": 3, "training": 4}),
    Tagged("unsupported", {}), Tagged("unsupported", {"type": None, "why": 7}), Tagged("detached", {"x": 1}),
    Tagged("meta_tensor", {"dtype": "float32", "shape": [10**12, 10**12]}), Tagged("device", {"name": "cuda:99"}),
]
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    call = current_call()
    number, count = call["id"], len(call["observe"])
    odd = ODD[(calls * 7 + number * 3 + os.getpid()) % len(ODD)]
    answers = [
        {"id": number, "status": "ok", "observed": [odd] * count},
        {"id": number, "status": "ok", "observed": odd},
        {"id": number, "status": odd},
        {"id": number, "status": "raised", "error": odd},
        {"id": number, "status": "raised", "error": {"stage": odd, "step": odd, "type": odd, "message": odd, "line": odd, "frames": odd}},
        {"id": number, "status": "raised", "error": {"stage": "step", "step": 0, "type": "E", "message": "m", "line": 1, "frames": [odd]}},
        {"id": number, "status": "ok", "observed": [{"mu": odd}] * count},
        {"id": odd, "status": "ok", "observed": []},
        odd,
    ]
    for fd in channel():
        os.write(fd, pack(encode(answers[(calls + number) % len(answers)])))
    return (mu * 0).sum()
