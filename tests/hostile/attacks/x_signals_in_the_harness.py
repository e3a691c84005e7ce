# expect: zero
# class: X
# about: alarms and timers whose handler raises while the harness encodes the answer
import signal


def handler(number, frame):
    while frame is not None:
        for name in list(frame.f_locals):
            if name in {"observed", "answer", "result"}:
                raise SystemExit(0)
        frame = frame.f_back
    raise KeyboardInterrupt


signal.signal(signal.SIGALRM, handler)
signal.signal(signal.SIGPROF, handler)


def neg_log_likelihood(samples, mu, var_):
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    signal.setitimer(signal.ITIMER_PROF, 0.0001, 0.0001)
    return [0.0] * 50_000
