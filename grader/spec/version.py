"""The name of an immutable state of a question."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def version_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 in hexadecimal over the sorted paths and contents, with lengths so that no two sets of files meet."""
    digest = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode(), files[path]):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()
