# expect: zero
# class: R
# about: an int of a million digits, as answer and as the message of an exception
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    if calls % 2:
        return 1 << 4_000_000
    raise ValueError(1 << 4_000_000)
