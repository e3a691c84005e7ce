# expect: zero
# class: X
# about: classes, modules, functions, coroutines, Ellipsis, memoryviews, decimals, sets, numpy objects and voids
import asyncio
import decimal
import fractions
import sys

import numpy

calls = 0


async def later():
    return 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    odd = [
        type, sys, len, ..., NotImplemented, memoryview(b"x"), decimal.Decimal("NaN"), fractions.Fraction(1, 3), {1, 2},
        frozenset(), numpy.array([{}], dtype=object), numpy.void(b"x"), numpy.datetime64("now"), numpy.array(["a"]),
        numpy.zeros(3, dtype=[("a", "f4")]), numpy.float128(1), bytearray(5), lambda: 0, later, object(), slice(1), float,
    ]
    return odd[(calls * 3 + samples.numel()) % len(odd)]
