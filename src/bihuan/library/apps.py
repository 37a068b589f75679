from django.apps import AppConfig
from django.http import HttpRequest

_NAMES = {"library.document_kept": "收入文件", "library.reading_accepted": "接受读出的内容"}


class LibraryConfig(AppConfig):
    name = "bihuan.library"

    def ready(self) -> None:
        from bihuan.ledger.naming import register_names
        from bihuan.library import access
        from bihuan.library.models import Document
        from bihuan.ui import navigation

        register_names(_NAMES.get)
        access.register(Document.UPLOAD, access.may_read_upload)
        access.register(Document.TABLE, access.may_read_upload)
        navigation.register("文件库", "library:documents", 50, when=_works_on_papers)


def _works_on_papers(request: HttpRequest) -> bool:
    from bihuan.library.access import office_post

    return office_post(getattr(request, "actor", None)) is not None
