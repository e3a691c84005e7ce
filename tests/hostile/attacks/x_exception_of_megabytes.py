# expect: zero
# class: X
# about: messages, class names and source lines of 50 MB, a cyclic chain of causes, ten thousand notes
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    if calls % 3 == 0:
        raise ValueError("x" * 50_000_000)
    if calls % 3 == 1:
        raise type("E" * 1_000_000, (Exception,), {})("m")
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    for number in range(10_000):
        first.add_note(str(number))
    raise first
