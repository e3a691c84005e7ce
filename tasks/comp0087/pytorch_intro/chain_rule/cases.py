"""Pairs of functions and points. Polynomials have small whole coefficients: their values are exact in every dtype."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import described


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return _polynomials([1, 0, 1], [0, 0, 3], 2.0, None)


def polynomials(rng: torch.Generator, dtype: torch.dtype | None = None) -> dict[str, Any]:
    """g(x) = a x² + b x + c and f'(y) = p y² + q, where everything grows from x on: no two readings agree."""
    a, b, c, p, q = torch.randint(1, 4, (5,), generator=rng).tolist()
    return _polynomials([c, b, a], [q, 0, p], 1 + 0.25 * _whole(rng, 1, 4), dtype)


def falling(rng: torch.Generator, dtype: torch.dtype | None = None) -> dict[str, Any]:
    """g(x) = -(a x² + b x + c) and f'(y) = p y² + q: the derivative is negative."""
    a, b, c, p, q = torch.randint(1, 4, (5,), generator=rng).tolist()
    return _polynomials([-c, -b, -a], [q, 0, p], 1 + 0.25 * _whole(rng, 1, 4), dtype)


def shifted(rng: torch.Generator, dtype: torch.dtype | None = None) -> dict[str, Any]:
    """g(x) = x + c."""
    return _polynomials([_whole(rng, 2, 5), 1], [1, 0, _whole(rng, 1, 3)], 0.5 * _whole(rng, 1, 5), dtype)


def fixed_point(rng: torch.Generator, dtype: torch.dtype | None = None) -> dict[str, Any]:
    """g(x) = 1 + a (x² - 1) + b (x - 1) at x = 1."""
    a, b = _whole(rng, 1, 3), _whole(rng, 2, 4)
    return _polynomials([1 - a - b, b, a], [0, 2, _whole(rng, 1, 3)], 1.0, dtype)


def bottom(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """g(x) = (x - m)² + c at x = m: the derivative is zero."""
    m = _whole(rng, 2, 4)
    return _polynomials([m * m + _whole(rng, 1, 3), -2 * m, 1], [1, 0, _whole(rng, 1, 3)], float(m), dtype)


def sine_of_exponential(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """sin(exp(rate · x)) where the exponential is below 1, so that the cosine is not small."""
    rate = 2 + float(torch.rand((), generator=rng))
    x = -0.1 - 0.2 * torch.rand((), generator=rng, dtype=dtype)
    return {
        "g": described("exponential", rate=rate, factor=1.0),
        "g_prime": described("exponential", rate=rate, factor=rate),
        "f_prime": described("cosine"),
        "x": x,
    }


def fast_sine(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """sin(10⁶ · exp(rate · x)): the sine goes round so often that digits lost on the way show."""
    while True:
        made = sine_of_exponential(rng, dtype)
        rate = made["g"].params["rate"]
        made["g"].params["factor"] = 1e6
        made["g_prime"].params["factor"] = 1e6 * rate
        angle = 1e6 * torch.exp(rate * made["x"])
        if min(angle.cos().abs(), angle.sin().abs()) > 0.3:
            return made


def _polynomials(g: list[int], f_prime: list[int], x: float, dtype: torch.dtype | None) -> dict[str, Any]:
    """Coefficients are listed from the constant on; with a dtype, x is a tensor."""
    g_prime = [power * coefficient for power, coefficient in enumerate(g)][1:]
    return {
        "g": described("polynomial", coefficients=g),
        "g_prime": described("polynomial", coefficients=g_prime),
        "f_prime": described("polynomial", coefficients=f_prime),
        "x": x if dtype is None else torch.tensor(x, dtype=dtype),
    }


def _whole(rng: torch.Generator, low: int, high: int) -> int:
    return int(torch.randint(low, high + 1, (), generator=rng))
