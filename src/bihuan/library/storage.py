"""Files kept under the digest of their bytes: MEDIA_ROOT/ab/cdef…

Never overwritten and never half-made: a file is written under a temporary name, forced to disk, and only
then given its own name, so that after a power cut it is either whole or not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Where the file with this digest lies, whether or not it does yet."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


def keep_bytes(data: bytes) -> str:
    """Keep `data`; return its SHA-256 in hex. The same bytes twice are the same file."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o440)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)
    return sha256


def _sync_folder(folder: Path) -> None:
    """Force a folder's list of names to disk: without it a power cut may forget the renaming."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
