"""What holds of gradient descent on the logistic loss from any start.

A step θ ← θ - lr·∇L(θ) can be taken back: where lr times the largest eigenvalue of the Hessian is below 1, p - lr·∇L(p)
= θ has one solution p, and Newton's method finds it. So the path is recomputed from the returned parameters,
and with it every loss, up to `MOST_STEPS` back. Going back enlarges the rounding of the steps that were taken; how much
is bounded on the way, and losses for which the bound has become useless are left out: only in float32, the first ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.author import CaseView, Fail

Array = np.ndarray[Any, np.dtype[np.float64]]

USELESS = 0.02  # relative error of a recomputed loss beyond which it decides nothing
NEWTON_STEPS = 30
MOST_STEPS = 400
FINEST = 1e-14
ALLOWED = 1e-7  # relative error of any loss, as in every question


@dataclass(frozen=True)
class Fit:
    """One answer with its problem, in float64."""

    design: Array  # (n, d + 1)
    labels: Array  # (n,)
    theta: Array  # (d + 1,)
    losses: list[float]
    lr: float
    tol: float
    max_steps: int
    eps: float  # what rounding is measured in: at least that of the data's dtype

    @property
    def reached(self) -> bool:
        """Whether the last loss is small enough."""
        return self.losses[-1] <= self.tol

    def loss(self, theta: Array) -> float:
        """L(θ)"""
        return float(np.logaddexp(0.0, (1 - 2 * self.labels) * (self.design @ theta)).sum())

    def gradient(self, theta: Array) -> Array:
        """∇L(θ)"""
        gradient: Array = self.design.T @ (self._probabilities(theta) - self.labels)
        return gradient

    def hessian(self, theta: Array) -> Array:
        """The matrix of second derivatives."""
        p = self._probabilities(theta)
        hessian: Array = self.design.T @ ((p * (1 - p))[:, None] * self.design)
        return hessian

    def before(self, theta: Array, lr: float) -> Array:
        """The parameters from which one step leads to θ."""
        identity = np.eye(len(theta))
        previous: Array = theta + lr * self.gradient(theta)
        for _ in range(NEWTON_STEPS):
            error = previous - lr * self.gradient(previous) - theta
            if np.abs(error).max() <= 1e-15 * (1 + np.abs(theta).max()):
                break
            previous = previous - np.linalg.solve(identity - lr * self.hessian(previous), error)
        return previous

    def agree(self, found: float, theta: Array, error: float = 0.0) -> bool:
        """Whether a loss is that of parameters which are known up to an error, also when it was computed carelessly."""
        exact = self.loss(theta)
        per_sample = self.eps * (1 + float(np.abs(self.design).max()) * float(np.abs(theta).sum()))
        careless = max(100 * self.eps, ALLOWED) * exact + len(self.labels) * per_sample
        return abs(found - exact) <= careless + 2 * error * float(np.linalg.norm(self.gradient(theta)))

    def is_path(self, lr: float) -> bool:
        """Whether steps back from the returned parameters meet the losses before the last one."""
        theta, error = self.theta, 0.0
        if not self.agree(self.losses[-1], theta):
            theta, error = self._back(theta, error, lr)
        for loss in self.losses[-2 : -2 - MOST_STEPS : -1]:
            theta, error = self._back(theta, error, lr)
            if 2 * error * float(np.linalg.norm(self.gradient(theta))) > USELESS * self.loss(theta):
                return True
            if not self.agree(loss, theta, error):
                return False
        return True

    def _back(self, theta: Array, error: float, lr: float) -> tuple[Array, float]:
        """One step back, and how far off the result may be."""
        previous = self.before(theta, lr)
        rows = float(np.linalg.norm(self.design, axis=1).sum())
        rounding = 2 * self.eps * (float(np.linalg.norm(theta)) + 4 * lr * rows)
        steepest = float(np.linalg.eigvalsh(self.hessian(previous))[-1])
        return previous, (error + rounding) / (1 - lr * steepest)

    def _probabilities(self, theta: Array) -> Array:
        probabilities: Array = np.exp(-np.logaddexp(0.0, -(self.design @ theta)))
        return probabilities


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
    """At the first loss of at most tol, else after max_steps losses."""
    for fit in _fits(case):
        losses, slack = fit.losses, 1e-6 * fit.tol
        if not losses:
            return Fail("wrong_trace_length", "The list of losses is empty.")
        if not all(map(math.isfinite, losses)) or not np.isfinite(fit.theta).all():
            return Fail("not_converged", "Some of the losses or parameters are not finite.")
        if max(losses[1:], default=0.0) > 1.01 * losses[0] + 1e-3:
            return Fail(
                "not_converged", "The loss grows, though the step size is small enough for it to fall in every step."
            )
        if len(losses) > fit.max_steps:
            return Fail("wrong_trace_length", f"There are {len(losses)} losses where max_steps is {fit.max_steps}.")
        early = next((k for k, loss in enumerate(losses[:-1]) if loss <= fit.tol - slack), None)
        if early is not None:
            return Fail("wrong_trace_length", f"losses[{early}] is at most tol already, but the list goes on.")
        if losses[-1] > fit.tol + slack and len(losses) < fit.max_steps:
            words = f"The list ends after {len(losses)} losses at {losses[-1]:.6g}, which is above tol."
            return Fail("wrong_trace_length", words)
    return None


def begins_elsewhere(case: CaseView) -> Fail | None:
    """One first loss of two is above tol: for a tol of 0.01 standard normal starts miss that with P < 1e-8."""
    if all(fit.losses[0] <= fit.tol for fit in _fits(case)):
        words = "The first loss of both fits is at most tol already: no random start separates the data that well."
        return Fail("wrong_trace_length", words)
    return None


def losses_end_at_the_parameters(case: CaseView) -> Fail | None:
    """The last loss is that of the returned parameters; after max_steps losses a last update may follow."""
    for fit in _fits(case):
        last, n = fit.losses[-1], len(fit.labels)
        if fit.agree(last, fit.theta):
            continue
        previous, error = fit._back(fit.theta, 0.0, fit.lr)
        one_step_on = fit.agree(last, previous, error)
        if one_step_on and not fit.reached:
            continue
        if one_step_on:
            return Fail("trace_shifted", "The parameters were updated once more after the loss was at most tol.")
        if n > 1 and not fit.reached and fit.agree(last, fit._back(fit.theta, 0.0, fit.lr / n)[0]):
            return Fail("mean_for_sum", f"The last step is {n} times too short: along the gradient of a mean?")
        found = fit.loss(fit.theta)
        if n > 1 and fit.agree(last * n, fit.theta):
            words = "The last loss is the mean over the samples at the returned parameters, not the sum."
            return Fail("mean_for_sum", words)
        return Fail("wrong_value", f"The last loss is {last:.6g}, but that of the returned parameters is {found:.6g}.")
    return None


def losses_follow_gradient_descent(case: CaseView) -> Fail | None:
    """The losses are recomputed from the parameters, going back step by step."""
    for fit in _fits(case):
        if fit.is_path(fit.lr):
            continue
        n = len(fit.labels)
        if n > 1 and fit.is_path(fit.lr / n):
            return Fail(
                "mean_for_sum", f"The steps are {n} times too short: along the gradient of a mean, not of a sum?"
            )
        return Fail("wrong_gradient", "The losses are not those of gradient descent with this step size.")
    return None


def starts_anew(case: CaseView) -> Fail | None:
    """Two fits of the same data have different losses."""
    first, second = _fits(case)
    if first.losses[0] == second.losses[0] and np.array_equal(first.theta, second.theta):
        return Fail("repeated_draw", "Two fits of the same data begin at the same place.")
    return None


def _fits(case: CaseView) -> list[Fit]:
    return [_fit(case, name) for name in ("value", "again")]


def _fit(case: CaseView, name: str) -> Fit:
    w, b, losses = case.got[name]
    x = case.inputs["x"].detach().cpu()
    return Fit(
        design=np.hstack([x.double().numpy(), np.ones((len(x), 1))]),
        labels=case.inputs["y01"].detach().cpu().double().numpy(),
        theta=torch.cat([w.detach().cpu(), b.detach().cpu()]).double().numpy(),
        losses=[float(loss) for loss in losses],
        lr=case.inputs["lr"],
        tol=case.inputs["tol"],
        max_steps=case.inputs["max_steps"],
        eps=max(FINEST, float(torch.finfo(x.dtype).eps)),
    )


def _is_number(loss: object) -> bool:
    return isinstance(loss, float | int) or (isinstance(loss, Tensor) and loss.dim() == 0)
