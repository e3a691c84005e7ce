# expect: zero
# class: X
# about: forged answers to the load message itself, at import time
import os
import stat

from grader.wire import encode, pack

for fd in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            for answer in ({"status": "ok"}, {"status": []}, {"status": "raised", "error": {"stage": 3}}, {"status": "fault"}, [1]):
                os.write(fd, pack(encode(answer)))
    except OSError:
        pass


def neg_log_likelihood(samples, mu, var_):
    return (mu * 0).sum()
