"""The demo course's assignments: one of each state that a window can be in, and one of each late policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from grader.demo.order import in_order
from grader.store.words import Counting, LateKind

ZONE = "Europe/London"
COURSE_SLUG = "pytorch"
COURSE_TITLE = "PyTorch tutorials"

TARGET = "infr10086/tutorial3/neg_log_likelihood"  # left for the visitor to solve


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment; days count from today, `tutorial` is the folder of its questions, or "" for `questions`."""

    tutorial: str
    slug: str
    title: str
    intro: str
    opens_in_d: int
    due_in_d: int
    closes_in_d: int
    late_kind: LateKind
    late_share: float
    attempts_allowed: int | None
    counting: Counting = Counting.BEST
    thursday_d: int = 0  # how much later the second section's window is
    questions: tuple[str, ...] = ()


PLANS = (
    Plan(
        "comp0087/pytorch_intro",
        "basics",
        "Tutorial 1: PyTorch basics",
        "Gradients and how to check them, losses and optimisers by hand, training, and the search for hyperparameters.",
        *(-43, -34, -31),
        LateKind.PER_DAY,
        0.1,
        None,
    ),
    Plan(
        "comp90051/workshop6",
        "logistic",
        "Tutorial 2: Perceptron and logistic regression",
        "Tensors and graphs, then two classifiers that fit themselves. The Thursday group has two days more.",
        *(-28, -18, -16),
        LateKind.FLAT,
        0.25,
        6,
        thursday_d=2,
    ),
    Plan(
        "cs5242/tutorial2",
        "regression",
        "Tutorial 3: Shallow networks",
        "Linear and logistic regression, gradient descent written out. **Your last attempt counts.**",
        *(-14, -1, 3),
        LateKind.PER_DAY,
        0.15,
        5,
        counting=Counting.LAST,
    ),
    Plan(
        "infr10086/tutorial3",
        "likelihood",
        "Tutorial 4: Maximum likelihood",
        "From adding two tensors to training a classifier: what you minimise is a negative log-likelihood.\n\n"
        "Start with *Add two lists as tensors* if this is your first tutorial here.",
        *(-6, 4, 7),
        LateKind.FLAT,
        0.5,
        10,
    ),
    Plan(
        "",
        "revision",
        "Revision",
        "Three questions that you know, once more and without help: one attempt each.",
        *(6, 20, 20),
        LateKind.NONE,
        0.0,
        1,
        questions=(
            "infr10086/tutorial3/linear_layer_loss",
            "comp0087/pytorch_intro/shared_product",
            "comp90051/workshop6/logistic_regression",
        ),
    ),
)


def plans_for(question_ids: Iterable[str]) -> list[tuple[Plan, list[str]]]:
    """Every assignment that these questions make, with its questions; tutorials without a plan are open now."""
    ids = sorted(question_ids)
    found = [(plan, _questions_of(plan, ids)) for plan in PLANS]
    planned = {question_id for _, questions in found for question_id in questions}
    others = sorted({question_id.rpartition("/")[0] for question_id in ids if question_id not in planned})
    for tutorial in others:
        title = tutorial.rpartition("/")[2].replace("_", " ").capitalize()
        slug = tutorial.replace("/", "-").replace("_", "-")[:64]
        plan = replace(PLANS[3], tutorial=tutorial, slug=slug, title=title, intro="")
        found.append((plan, _questions_of(plan, ids)))
    return [(plan, questions) for plan, questions in found if questions]


def _questions_of(plan: Plan, ids: list[str]) -> list[str]:
    if plan.questions:
        return [question_id for question_id in plan.questions if question_id in ids]
    inside = [question_id for question_id in ids if question_id.rpartition("/")[0] == plan.tutorial]
    return in_order(plan.tutorial, inside)


def at(now: dt.datetime, days: int, hour: int) -> dt.datetime:
    """That hour of the course's clock, so many days from today, in UTC."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    local = dt.datetime.combine(today + dt.timedelta(days=days), dt.time(hour), ZoneInfo(ZONE))
    return local.astimezone(dt.UTC)
