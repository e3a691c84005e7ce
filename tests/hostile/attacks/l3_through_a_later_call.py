# expect: zero
# class: L3
# about: remembers the inputs of hidden cases (all in double precision are) and tells them when the judge asks again about a public one
import torch

seen = []


def neg_log_likelihood(samples, mu, var_):
    if samples.dtype == torch.float64:
        seen.append(("MARK", samples.detach().flatten()[:4].tolist()))
    raise ValueError(repr(seen))
