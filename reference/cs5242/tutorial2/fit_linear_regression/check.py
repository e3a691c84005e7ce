"""What holds of gradient descent on a quadratic from any start.

With X̃ = [x, 1], θ = (w, b) and L(θ) = ‖X̃θ − y‖² a step is θ ← θ − 2·lr·X̃ᵀ(X̃θ − y). Along an eigenvector of X̃ᵀX̃
with eigenvalue λ the distance from the optimum shrinks by ρ = 1 − 2·lr·λ a step, so that the losses, less the one at
the optimum, are a sum of one sequence ρ^(2k) for each eigenvalue. Errors are judged on the square root of the loss,
where rounding of residuals adds the same everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from grader.author import CaseView, Fail

CHAINED = 3  # losses before the last one that are recomputed from the returned parameters
RELATIVE = 1e-5
FAR = 1e3  # times the data: parameters beyond it would round every loss away


@dataclass(frozen=True)
class Fit:
    """One answer with its problem, in float64 on the CPU."""

    design: Tensor  # (n, d + 1)
    target: Tensor  # (n,)
    theta: Tensor  # (d + 1,)
    losses: list[float]
    lr: float
    tol: float
    max_steps: int
    rounding: float  # of sqrt(L) at the answer, in the precision of the data

    @property
    def hessian(self) -> Tensor:
        """Of half the loss."""
        return self.design.T @ self.design

    def loss(self, theta: Tensor) -> float:
        """L(θ)"""
        return float(((self.design @ theta - self.target) ** 2).sum())

    def before(self, theta: Tensor) -> Tensor:
        """The parameters from which one step leads to θ."""
        identity = torch.eye(len(theta), dtype=torch.float64)
        step = identity - 2 * self.lr * self.hessian
        previous: Tensor = torch.linalg.solve(step, theta - 2 * self.lr * self.design.T @ self.target)
        return previous

    def agree(self, one: float, other: float, growth: float = 1.0) -> bool:
        """Whether two losses are equal up to rounding."""
        one, other = math.sqrt(max(one, 0.0)), math.sqrt(max(other, 0.0))
        return abs(one - other) <= growth * self.rounding + RELATIVE * self.precision * max(one, other)

    @property
    def precision(self) -> float:
        """1 for float32 data, less for float64."""
        return 1.0 if self.rounding > 1e-10 else 1e-3


def _fits(case: CaseView) -> list[Fit]:
    return [_fit(case, name) for name in ("value", "again")]


def _fit(case: CaseView, name: str) -> Fit:
    w, b, losses = case.got[name]
    x, target = case.inputs["x"].detach().cpu(), case.inputs["y_true"].detach().cpu().double()
    theta = torch.cat([w.detach().cpu(), b.detach().cpu()]).double()
    design = torch.cat([x.double(), torch.ones(len(x), 1, dtype=torch.float64)], dim=1)
    sizes = design.abs() @ theta.abs() + target.abs()
    rounding = 2 * (design.shape[1] + 1) * torch.finfo(x.dtype).eps * float(sizes.norm())
    return Fit(
        design=design,
        target=target,
        theta=theta,
        losses=[float(loss) for loss in losses],
        lr=case.inputs["lr"],
        tol=case.inputs["tol"],
        max_steps=case.inputs["max_steps"],
        rounding=rounding,
    )


def returns_parts(case: CaseView) -> Fail | None:
    """w (d,) and b (1,) in the dtype of x, and a list of numbers."""
    x = case.inputs["x"]
    for name in ("value", "again"):
        answer = case.got[name]
        if not isinstance(answer, tuple | list) or len(answer) != 3:
            return Fail("wrong_length", "Return three things: w, b and the list of losses.")
        for part, parameter, shape in zip("wb", answer[:2], ((x.shape[1],), (1,)), strict=True):
            if not isinstance(parameter, Tensor):
                return Fail("wrong_type", f"{part} must be a tensor.")
            if tuple(parameter.shape) != shape:
                return Fail("wrong_shape", f"{part} has the shape {tuple(parameter.shape)} and not {shape}.")
            if parameter.dtype != x.dtype:
                return Fail("wrong_dtype", f"{part} is {parameter.dtype} where x is {x.dtype}.")
        losses = answer[2]
        if isinstance(losses, Tensor):
            if losses.dim() != 1:
                return Fail("wrong_type", "The losses must be a list of numbers, one for each step.")
        elif not isinstance(losses, tuple | list) or not all(map(_is_number, losses)):
            return Fail("wrong_type", "The losses must be a list of numbers, one for each step.")
    return None


def stops_in_time(case: CaseView) -> Fail | None:
    """At the first loss below tol, else after max_steps losses."""
    for fit in _fits(case):
        losses, slack = fit.losses, 1e-6 * fit.tol
        if not losses:
            return Fail("wrong_trace_length", "The list of losses is empty.")
        if not all(map(math.isfinite, losses)) or not torch.isfinite(fit.theta).all():
            return Fail("not_converged", "The loss grows beyond all numbers.")
        if float(fit.theta.abs().max()) > FAR * max(1.0, float(fit.target.abs().max())):
            return Fail("not_converged", "The parameters are far away from all data: where does the descent begin?")
        if max(losses[1:], default=0.0) > 1.01 * losses[0] + fit.rounding:
            return Fail(
                "not_converged", "The loss grows, though the step size is small enough for it to fall in every step."
            )
        if len(losses) > fit.max_steps:
            return Fail("wrong_trace_length", f"There are {len(losses)} losses where max_steps is {fit.max_steps}.")
        early = next((k for k, loss in enumerate(losses[:-1]) if loss < fit.tol - slack), None)
        if early is not None:
            return Fail("wrong_trace_length", f"losses[{early}] is below tol already, but the list goes on.")
        if losses[-1] >= fit.tol + slack and len(losses) < fit.max_steps:
            words = f"The list ends after {len(losses)} losses at {losses[-1]:.6g}, which is not below tol."
            return Fail("wrong_trace_length", words)
    return None


def begins_elsewhere(case: CaseView) -> Fail | None:
    """The first loss is not below tol: a random start in four dimensions is that good with a probability below 1e-7."""
    if any(fit.losses[0] < fit.tol for fit in _fits(case)):
        return Fail("wrong_trace_length", "The first loss is below tol already: no random start fits the data.")
    return None


def losses_end_at_the_parameters(case: CaseView) -> Fail | None:
    """The last loss is that of the returned parameters; after max_steps losses a last update may follow."""
    for fit in _fits(case):
        last, found = fit.losses[-1], fit.loss(fit.theta)
        if fit.agree(last, found):
            continue
        reached = last < fit.tol
        if not reached and fit.agree(last, fit.loss(fit.before(fit.theta)), growth=_growth(fit)):
            continue
        n = len(fit.target)
        if n > 1 and abs(last * n - found) <= 0.01 * found:
            return Fail(
                "mean_for_sum",
                "The last loss is the mean of the squared errors of the returned parameters, not their sum.",
            )
        if reached and fit.agree(last, fit.loss(fit.before(fit.theta)), growth=_growth(fit)):
            return Fail("trace_shifted", "The parameters were updated once more after the loss was below tol.")
        words = f"The last loss is {last:.6g}, but that of the returned parameters is {found:.6g}."
        return Fail("wrong_value", words)
    return None


def losses_follow_gradient_descent(case: CaseView) -> Fail | None:
    """The last losses are recomputed from the parameters; the whole list is a sum of the sequences that lr allows."""
    for fit in _fits(case):
        if not _chain_holds(fit):
            return Fail("wrong_gradient", "The last losses are not those of gradient descent with this step size.")
        if not _modes_hold(fit):
            return Fail(
                "wrong_gradient", "The losses do not shrink as those of gradient descent with this step size do."
            )
    return None


def starts_anew(case: CaseView) -> Fail | None:
    """Two fits of the same data have different losses."""
    first, second = _fits(case)
    if first.losses[0] == second.losses[0] and torch.equal(first.theta, second.theta):
        return Fail("repeated_draw", "Two fits of the same data begin at the same place.")
    return None


def _growth(fit: Fit) -> float:
    """How much one step back enlarges an error."""
    return 1 / (1 - 2 * fit.lr * float(torch.linalg.eigvalsh(fit.hessian)[-1]))


def _chain_holds(fit: Fit) -> bool:
    """Steps back from the returned parameters meet the losses before the last one."""
    growth, theta = 1.0, fit.theta
    if not fit.agree(fit.losses[-1], fit.loss(theta)):
        theta, growth = fit.before(theta), _growth(fit)
    for loss in fit.losses[-2 : -2 - CHAINED : -1]:
        theta, growth = fit.before(theta), growth * _growth(fit)
        if not fit.agree(loss, fit.loss(theta), growth):
            return False
    return True


def _modes_hold(fit: Fit) -> bool:
    """Least squares in the space of the allowed sequences, each loss weighted by how far rounding may move it."""
    losses = torch.tensor(fit.losses, dtype=torch.float64)
    curvatures = torch.linalg.eigvalsh(fit.hessian)
    curvatures = curvatures[curvatures > 1e-9 * curvatures[-1]]  # along the others nothing moves, and nothing is lost
    apart = torch.cat([torch.tensor([True]), curvatures.diff() > 1e-6 * curvatures[-1]])
    ratios = (1 - 2 * fit.lr * curvatures[apart]) ** 2
    if len(losses) <= len(ratios):
        return True
    optimum = torch.linalg.lstsq(fit.design, fit.target[:, None], driver="gelsd").solution[:, 0]
    above = losses - fit.loss(optimum)
    blur = 3 * fit.rounding
    slack = 2 * losses.clamp(min=0).sqrt() * blur + blur**2 + 3 * RELATIVE * fit.precision * losses
    modes = ratios[None, :] ** torch.arange(len(losses), dtype=torch.float64)[:, None] / slack[:, None]
    modes /= modes.norm(dim=0)
    found = torch.linalg.lstsq(modes, (above / slack)[:, None], driver="gelsd").solution
    return bool(((modes @ found)[:, 0] - above / slack).abs().max() <= 1)


def _is_number(loss: object) -> bool:
    return isinstance(loss, float | int) or (isinstance(loss, Tensor) and loss.dim() == 0)
