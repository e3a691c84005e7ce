# expect: zero
# class: X
# about: a thread that throws exceptions into the harness's main thread without end
import ctypes
import threading
import time

main = threading.main_thread().ident


def throw():
    while True:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(main), ctypes.py_object(SystemExit))
        time.sleep(0.0005)


def neg_log_likelihood(samples, mu, var_):
    threading.Thread(target=throw, daemon=True).start()
    return [0.0] * 50_000
