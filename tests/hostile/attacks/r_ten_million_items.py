# expect: at most wrong_answer, runtime_error, memory_limit, time_limit
# class: R
# about: a list of 10**7 numbers for one
def neg_log_likelihood(samples, mu, var_):
    return [0.0] * 10**7
