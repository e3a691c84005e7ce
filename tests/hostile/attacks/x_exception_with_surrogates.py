# expect: zero
# class: X
# about: lone surrogates, NUL and bytes that are no text in messages, class names and attribute names
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    if calls % 2:
        raise KeyError("\ud800 \udfff \x00 \x85 \u2028", {"\udc80": b"\xff"})
    error = ValueError("\ud800")
    error.__class__.__name__ if calls else None
    exec(compile("def f\u00e9():\n  raise error\nf\u00e9()", "\udcff\x1b[2J.py", "exec"), {"error": error})
