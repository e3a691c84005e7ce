# expect: zero
# class: F3
# about: infinity: relative errors become NaN
def neg_log_likelihood(samples, mu, var_):
    return (mu * 0).sum() + float("inf")
