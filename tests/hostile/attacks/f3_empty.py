# expect: zero
# class: F3
# about: tensors without entries, for which every "all" is true
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    empty = mu[:0]
    return [empty, empty.reshape(0, 5), [], (), {}, [[]], ""][calls % 7]
