# expect: zero
# class: F7
# about: answers every call with a failure of the harness, and hangs: the grader's own fault would cost no attempt
import os
import sys
import time

from grader.wire import encode, pack


def call_in_progress():
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value) is dict and "id" in value and "steps" in value:
                return value
        frame = frame.f_back


def neg_log_likelihood(samples, mu, var_):
    answer = {"id": call_in_progress()["id"], "status": "fault", "message": "out of order"}
    os.write(3, pack(encode(answer)))
    time.sleep(30)
