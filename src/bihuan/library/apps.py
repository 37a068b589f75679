from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "bihuan.library"

    def ready(self) -> None:
        from bihuan.library import access
        from bihuan.library.models import Document

        access.register(Document.UPLOAD, access.may_read_upload)
