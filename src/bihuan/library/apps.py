from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "bihuan.library"

    def ready(self) -> None:
        from bihuan.library import access, documents

        access.register(documents.UPLOAD, access.may_read_upload)
