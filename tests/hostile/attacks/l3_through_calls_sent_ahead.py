# expect: zero
# class: L3
# about: looks at the calls that wait behind a public one, and tells those of hidden cases (all in double precision are) in its exception
import os
import socket
import struct
import time

from grader.wire import decode


def neg_log_likelihood(samples, mu, var_):
    channel = socket.socket(fileno=os.dup(3))
    channel.setblocking(False)
    time.sleep(0.1)
    seen = []
    try:
        data = channel.recv(2**20, socket.MSG_PEEK)
    except BlockingIOError:
        data = b""
    while len(data) > 4:
        (size,) = struct.unpack("<I", data[:4])
        array = decode(data[4 : 4 + size])["inputs"]["samples"].fields["data"]
        data = data[4 + size :]
        if array.dtype == "float64":
            seen.append(("MARK", array.shape, array.data[:32]))
    raise ValueError(repr(seen))
