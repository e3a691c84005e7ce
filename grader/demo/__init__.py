"""A course to look at: people with names, assignments of six weeks, and what was handed in, waiting to be graded."""

from __future__ import annotations

from grader.demo.cast import PASSWORD, Login
from grader.demo.make import make_demo

__all__ = ["PASSWORD", "Login", "make_demo"]
