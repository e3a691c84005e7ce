# expect: at most time_limit, memory_limit, runtime_error
# class: R
# about: one arithmetic operation of astronomical size
def neg_log_likelihood(samples, mu, var_):
    return 9 ** 9 ** 9
