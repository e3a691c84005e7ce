"""Statistical checks pass right draws and catch the usual wrong ones."""

from __future__ import annotations

import pytest
import torch

from grader.judge.checkers import statistical as stats
from grader.vocab import Diagnosis


def normal(seed: int, *shape: int, variance: float = 2.0) -> torch.Tensor:
    standard = torch.randn(*shape, generator=torch.Generator().manual_seed(seed))
    return standard.mul(variance**0.5)


@pytest.mark.parametrize("seed", range(20))
def test_right_draws_pass_every_test(seed: int) -> None:
    draws, other = normal(seed, 200, 50), normal(seed + 1000, 200, 50)
    uniform = torch.rand(2000, generator=torch.Generator().manual_seed(seed)) * 3 - 1
    assert stats.mean_is(draws, 0.0, 2.0) is None
    assert stats.variance_is(draws, 0.0, 2.0) is None
    assert stats.normal_draws(draws, 0.0, 2.0) is None
    assert stats.kurtosis_is(draws, 0.0, 2.0, 3.0, within=0.6) is None
    assert stats.independent_rows(draws, 0.0, 2.0) is None
    assert stats.independent_columns(draws, 0.0, 2.0) is None
    assert stats.uncorrelated(draws, other) is None
    assert stats.uniform_draws(uniform, -1.0, 2.0) is None
    assert stats.fresh(draws, other) is None


def test_wrong_draws_are_caught() -> None:
    draws = normal(1, 200, 50)
    wrong_distribution = [
        stats.mean_is(draws + 0.1, 0.0, 2.0),
        stats.variance_is(draws * 2**0.5, 0.0, 2.0),
        stats.variance_is(draws / 2**0.5, 0.0, 2.0),
        stats.normal_draws((torch.rand(10_000) - 0.5) * 24**0.5, 0.0, 2.0),
        stats.kurtosis_is((torch.rand(10_000) - 0.5) * 24**0.5, 0.0, 2.0, 3.0, within=0.6),
        stats.uniform_draws(draws, -1.0, 1.0),
        stats.uniform_draws(torch.rand(2000) ** 2, 0.0, 1.0),
    ]
    repeated = [
        stats.independent_rows(draws[:1].expand(200, 50), 0.0, 2.0),
        stats.independent_columns(draws[:, :1].expand(200, 50), 0.0, 2.0),
        stats.uncorrelated(draws, draws),
        stats.uncorrelated(draws, draws + 0.1 * normal(2, 200, 50)),
        stats.uncorrelated(torch.ones(100), torch.zeros(100)),
        stats.fresh(draws, normal(2, 200, 50), draws),
    ]
    assert {fail.diagnosis for fail in wrong_distribution if fail} == {Diagnosis.WRONG_DISTRIBUTION}
    assert {fail.diagnosis for fail in repeated if fail} == {Diagnosis.REPEATED_DRAW}
    assert all(wrong_distribution)
    assert all(repeated)


def test_a_variance_for_a_standard_deviation_is_recognised() -> None:
    fail = stats.variance_is(normal(1, 100, 100, variance=16.0), 0.0, 4.0)
    assert fail is not None
    assert "instead of its square root" in fail.message


def test_nan_is_no_draw() -> None:
    draws = torch.full((100,), torch.nan)
    assert stats.mean_is(draws, 0.0, 1.0) is not None
    assert stats.variance_is(draws, 0.0, 1.0) is not None
    assert stats.normal_draws(draws, 0.0, 1.0) is not None
    assert stats.uniform_draws(draws, 0.0, 1.0) is not None


def test_the_false_alarm_rate_of_the_chi_square_test_is_as_stated() -> None:
    generator = torch.Generator().manual_seed(5)
    samples = torch.randn(4000, 30, generator=generator, dtype=torch.float64)
    rates = [stats.chi_square_rate(float((row * row).sum()), 30) for row in samples]
    assert sum(rate < 0.05 for rate in rates) / len(rates) == pytest.approx(0.05, abs=0.015)


def test_the_bound_of_the_z_test_is_the_quantile() -> None:
    assert stats.z_bound(0.05) == pytest.approx(1.959964, abs=1e-6)
