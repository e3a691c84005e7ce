# expect: at most time_limit
# class: R
# about: never returns
def neg_log_likelihood(samples, mu, var_):
    while True:
        pass
