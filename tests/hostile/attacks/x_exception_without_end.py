# expect: at most time_limit, runtime_error
# class: X
# about: an exception whose message takes for ever to make
class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def neg_log_likelihood(samples, mu, var_):
    raise Endless
