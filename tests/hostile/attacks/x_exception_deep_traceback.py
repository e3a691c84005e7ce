# expect: zero
# class: X
# about: a traceback of nine hundred frames with file names and line numbers made up
def neg_log_likelihood(samples, mu, var_):
    code = compile("\n" * 10**6 + "def f(n):\n  return f(n - 1) if n else 1 / 0\n", "/etc/shadow", "exec")
    space = {}
    exec(code, space)
    space["f"].__code__ = space["f"].__code__.replace(co_filename="reference/solution.py", co_firstlineno=2**31 - 1)
    return space["f"](900)
