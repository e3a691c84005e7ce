# expect: zero
# class: X
# about: corrupts the interpreter through ctypes: reference counts of None and True, the type of int, freed objects
import ctypes


def neg_log_likelihood(samples, mu, var_):
    ctypes.memset(id(True) + 24, 0, 4)
    ctypes.c_ssize_t.from_address(id(None)).value = 1
    for _ in range(10):
        ctypes.pythonapi.Py_DecRef(ctypes.py_object(None))
    ctypes.memset(id(int), 0xFF, 200)
    return 0
