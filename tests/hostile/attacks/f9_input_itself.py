# expect: zero
# class: F9
# about: the arguments handed back, one after the other
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    return [mu, samples, var_, mu.sum(), samples.sum() + mu.sum() * 0, (samples, mu), None][calls % 7]
