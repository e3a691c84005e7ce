# expect: at most time_limit, runtime_error, memory_limit, wrong_answer
# class: R
# about: threads without end, none of which ends
import threading
import time


def neg_log_likelihood(samples, mu, var_):
    for _ in range(100_000):
        try:
            threading.Thread(target=time.sleep, args=(10**6,), daemon=True).start()
        except RuntimeError:
            break
    return (mu * 0).sum()
