# expect: zero
# class: F7
# about: says "loaded" and answers every call in advance, then leaves with exit status 0
import os
import stat

from grader.wire import encode, pack

for fd in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            os.write(fd, pack(encode({"status": "ok"})))
            for number in range(100):
                os.write(fd, pack(encode({"id": number, "status": "ok", "observed": [True, {"mu": True}]})))
    except OSError:
        pass
os._exit(0)
