"""Bounds on what may be sent, kept while it arrives: a file that is too large is never held in memory."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from bihuan.readers.opening.opened import MOST_BYTES

MOST_AT_ONCE = 10 * MOST_BYTES  # bytes of one request's files together

TOO_LARGE = "没有保存：文件超过50 MB 的上限。请去掉图片或拆分成几个文件后再上传。"
TOO_MUCH = "没有保存：一次上传的文件合计超过500 MB。前面的文件已经收下，请把其余文件分几次上传。"


class BoundedUploadHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: drops a file as it grows too large and lets the others pass.

    Names and reasons of dropped files are found by `refused_files(request)`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._sent = 0  # bytes of all files so far

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._sent += len(raw_data)
        if start + len(raw_data) > MOST_BYTES:
            self._refuse(TOO_LARGE)
        if self._sent > MOST_AT_ONCE:
            self._refuse(TOO_MUCH)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind this one."""

    def _refuse(self, why: str) -> None:
        request: Any = self.request
        request.refused_files = [*refused_files(request), (self.file_name or "", why)]
        raise SkipFile


def refused_files(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and Chinese reason of every file of the request that was dropped as too large."""
    found: list[tuple[str, str]] = getattr(request, "refused_files", [])
    return found
