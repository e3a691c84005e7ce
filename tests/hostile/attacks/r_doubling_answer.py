# expect: zero
# class: R
# about: an answer of a hundred objects that holds 2**100 when written out
def neg_log_likelihood(samples, mu, var_):
    doubled = [0.0]
    for _ in range(100):
        doubled = [doubled, doubled]
    return doubled
