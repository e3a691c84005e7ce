# expect: zero
# class: R
# about: an answer nested a hundred thousand lists deep
def neg_log_likelihood(samples, mu, var_):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested
