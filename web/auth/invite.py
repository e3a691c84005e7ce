"""Links of invitation."""

from __future__ import annotations
