"""What question authors import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.author import Described, Fail, described
from grader.vocab import Diagnosis


def test_importing_it_imports_no_torch() -> None:
    program = "import sys, grader.author, grader.wire; sys.exit('torch' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_described_callable_may_have_a_parameter_called_name() -> None:
    assert described("scorer", name="a", scale=2.0) == Described("scorer", {"name": "a", "scale": 2.0})


def test_a_diagnosis_is_one_of_the_known_words() -> None:
    assert Fail("sign", "…").diagnosis is Diagnosis.SIGN
    with pytest.raises(ValueError, match="no_such_word"):
        Fail("no_such_word", "…")
