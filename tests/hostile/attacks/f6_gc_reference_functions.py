# expect: zero
# class: F6
# about: looks for a function of the entry point's name, or one from a file "solution", anywhere in memory
import gc
import types

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    mine = neg_log_likelihood
    for value in gc.get_objects():
        if isinstance(value, types.FunctionType) and value is not mine:
            file = value.__code__.co_filename
            if value.__name__ == "neg_log_likelihood" and value.__code__ is not mine.__code__ or "solution" in file:
                try:
                    return value(samples, mu, var_)
                except BaseException:
                    pass
    return wrong(samples, mu, var_)
