# expect: at most memory_limit, runtime_error, time_limit
# class: R
# about: takes memory until there is none, and touches it
def neg_log_likelihood(samples, mu, var_):
    held = []
    while True:
        held.append(bytearray(b"x") * 2**24)
