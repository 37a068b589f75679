from django.apps import AppConfig
from django.http import HttpRequest


class LibraryConfig(AppConfig):
    name = "bihuan.library"

    def ready(self) -> None:
        from bihuan.library import access
        from bihuan.library.models import Document
        from bihuan.ui import navigation

        access.register(Document.UPLOAD, access.may_read_upload)
        navigation.register("文件库", "library:documents", 50, when=_works_on_papers)


def _works_on_papers(request: HttpRequest) -> bool:
    from bihuan.library.access import office_post

    return office_post(getattr(request, "actor", None)) is not None
