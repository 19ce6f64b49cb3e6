"""What a sheet is handed over as: four outputs of the same words."""

from enum import StrEnum


class Format(StrEnum):
    """An output; its value is the ending of its file."""

    PDF = "pdf"
    ODT = "odt"
    TEXT = "txt"
    WEB = "html"

    @property
    def mimetype(self) -> str:
        """What browsers are told."""
        return {
            "pdf": "application/pdf",
            "odt": "application/vnd.oasis.opendocument.text",
            "txt": "text/plain",
            "html": "text/html",
        }[self.value]
