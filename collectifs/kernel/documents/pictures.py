"""A page of a PDF as a picture, for the screen: it is drawn where papers are printed."""

import io
from threading import Lock
from typing import TYPE_CHECKING

from collectifs.kernel.documents.printing import printed
from collectifs.kernel.later import Later

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image
else:
    pypdfium2, Image = Later("pypdfium2"), Later("PIL.Image")

# PDFium knows no threads: one page at a time in a process.
_one_at_a_time = Lock()
NEARLY_WHITE = 250  # the choice of few colours greys the paper a little
COLOURS = 48  # ink, a few greys, an accent: a quarter of the weight


@printed
def page_png(pdf: bytes, width: int, page: int = 0) -> bytes:
    """A page (the first by default) as a PNG of `width` pixels."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        image = sheet.render(scale=width / sheet.get_width()).to_pil()
        few = image.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    few.putpalette([255 if level > NEARLY_WHITE else level for level in few.getpalette() or ()])
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()
