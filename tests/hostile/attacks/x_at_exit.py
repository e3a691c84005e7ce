# expect: zero
# class: X
# about: exit handlers that never end, that print and that start threads
import atexit
import threading
import time

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

atexit.register(time.sleep, 10**6)
atexit.register(print, "verdict: accepted")
threading._register_atexit(time.sleep, 10**6)
threading.Thread(target=time.sleep, args=(10**6,)).start()

neg_log_likelihood = wrong
