"""Papers: plain values in, files out. No table, no clock, no network; the callers say everything that is printed."""

from collectifs.documents.pictures import page_png
from collectifs.documents.press import Rendered
from collectifs.documents.sheet import Room, SheetPaper, sheet_pdf, sheet_room
from collectifs.documents.step_sheet import StepSheetPaper, step_sheet_pdf

__all__ = ["Rendered", "Room", "SheetPaper", "StepSheetPaper", "page_png", "sheet_pdf", "sheet_room", "step_sheet_pdf"]
