# expect: zero
# class: L3
# about: hidden inputs carried out in exception messages, warnings and printed text; marked so that a test can look for them
import warnings


def neg_log_likelihood(samples, mu, var_):
    secret = "MARK-" + repr(samples.tolist())[:200]
    print(secret)
    warnings.warn(secret)
    raise type("MARK_" + str(abs(hash(secret))), (ValueError,), {})(secret)
