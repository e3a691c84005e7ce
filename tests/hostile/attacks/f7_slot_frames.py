# expect: zero
# class: F7
# about: frames of the slot protocol (child ended well, hello, ready) written to every descriptor there is
import os
import struct

from grader.wire import encode

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    for fd in range(256):
        for kind in (1, 2, 3, 4, 16, 17, 18, 19, 20, 21, 22):
            for child in (0, 1, 2, 3):
                body = struct.pack("<BI", kind, child) + encode({"outcome": "answered", "detail": "", "cpu_s": 0.0})
                try:
                    os.set_blocking(fd, False)
                    os.write(fd, struct.pack("<I", len(body)) + body)
                except OSError:
                    pass
    return wrong(samples, mu, var_)
