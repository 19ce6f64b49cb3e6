"""Files for the browser. Their names carry no typed word."""

from flask import Response

CSV = "text/csv; charset=utf-8"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": CSV, "ods": ODS, "xlsx": XLSX, "pdf": "application/pdf"}


def pdf_file(pdf: bytes, name: str) -> Response:
    """A PDF that opens in the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def table_file(content: bytes, name: str, kind: str) -> Response:
    """A table to keep; `kind` is `csv` or `ods`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, content_type=CSV if kind == "csv" else ODS, headers=headers)


def kept_file(content: bytes, name: str, kind: str) -> Response:
    """A file to keep, of one of KINDS."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, content_type=KINDS[kind], headers=headers)


def zip_file(content: bytes, name: str) -> Response:
    """Several files in one, to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)
