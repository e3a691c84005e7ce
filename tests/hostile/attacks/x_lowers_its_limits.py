# expect: zero
# class: X
# about: gives itself no memory, no descriptors and no file size, so that the harness's answer fails
import resource


def neg_log_likelihood(samples, mu, var_):
    result = (mu * 0).sum()
    for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_NPROC):
        resource.setrlimit(what, (0, 0))
    return [result] * 10_000
