"""The three global random generators: seeded before a call, compared after it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import torch

from grader.harness import pristine

# Bound methods of the generators themselves: a submission may patch the modules' functions.
_numpy: Final = np.random.mtrand._rand
_seed_python: Final = random.seed
_seed_numpy: Final[Any] = _numpy.seed
_seed_cuda: Final = torch.cuda.manual_seed_all
_seed_torch: Final[Any] = pristine.default_generator.manual_seed
_cuda_in_use: Final[Any] = torch.cuda.is_initialized
_python_state: Final = random.getstate


def seed_everything(seed: int) -> None:
    """Seed torch, NumPy and `random`."""
    # Not torch.manual_seed: for each kind of device that is not in use it formats a stack trace.
    _seed_torch(seed % 2**63)
    if _cuda_in_use():
        _seed_cuda(seed % 2**63)
    _seed_numpy(seed % 2**32)
    _seed_python(seed)


@dataclass(frozen=True, slots=True)
class RandomState:
    """The state of the global generators on the CPU at one moment."""

    torch: bytes
    numpy: tuple[Any, ...]
    python: tuple[Any, ...]

    @classmethod
    def now(cls) -> RandomState:
        """A snapshot."""
        name, keys, *rest = cast("tuple[Any, ...]", _numpy.get_state(legacy=True))
        state = pristine.to_numpy(pristine.default_generator.get_state()).tobytes()
        return cls(state, (name, keys.tobytes(), *rest), _python_state())

    def unchanged(self) -> dict[str, bool]:
        """For each generator, whether it is still in this state."""
        now = RandomState.now()
        return {
            "torch": now.torch == self.torch,
            "numpy": now.numpy == self.numpy,
            "python": now.python == self.python,
        }
