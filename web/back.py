"""Refusals said on the page that they came from, instead of on a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from grader.services.refusals import Reason, Refused

P = ParamSpec("P")
Handler = Callable[P, ResponseReturnValue]
ABOUT_THE_FORM = {Reason.INVALID, Reason.CONFLICT, Reason.EMPTY, Reason.TOO_MANY, Reason.TOO_LARGE, Reason.NOT_TEXT}


def refusals_go_back(to: Callable[..., str]) -> Callable[[Handler[P]], Handler[P]]:
    """For a handler of a short form: what is wrong with it is said at the address that `to` makes of the arguments."""

    def decorate(handler: Handler[P]) -> Handler[P]:
        @wraps(handler)
        def answer(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            try:
                return handler(*args, **kwargs)
            except Refused as refusal:
                if refusal.reason not in ABOUT_THE_FORM:
                    raise
                flash(str(refusal), "bad")
                return redirect(to(*args, **kwargs), 303)

        return answer

    return decorate
