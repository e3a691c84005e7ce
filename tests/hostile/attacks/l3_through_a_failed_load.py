# expect: zero
# class: L3
# about: serves its calls itself and answers that the file could not be imported: such a file would have met no inputs
import os
import socket
import struct
import sys

from grader.wire import decode, encode, pack


def call_in_progress():
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value) is dict and "id" in value and "steps" in value:
                return value
        frame = frame.f_back


def answer_to(call):
    text = "MARK " + repr(call["inputs"]["samples"].fields["data"])
    print(text, flush=True)
    frame = {"line": 1, "function": "f", "source": text[:290]}
    error = {"stage": "import", "step": None, "type": "X", "message": text[:1900], "line": 1, "frames": [frame]}
    return pack(encode({"id": call["id"], "status": "raised", "error": error}))


def read(channel, size):
    data = b""
    while len(data) < size:
        part = channel.recv(size - len(data))
        if not part:
            os._exit(0)
        data += part
    return data


def neg_log_likelihood(samples, mu, var_):
    channel = socket.socket(fileno=os.dup(3))
    channel.sendall(answer_to(call_in_progress()))
    while True:
        (size,) = struct.unpack("<I", read(channel, 4))
        channel.sendall(answer_to(decode(read(channel, size))))
