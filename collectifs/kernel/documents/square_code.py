"""A square code: an address as black and white squares, for the camera of a telephone."""

import segno

MARGIN = 2  # white squares around the code


def square_code(address: str) -> list[str]:
    """The rows of the code, « 1 » for a dark square; without its white margin, which whoever draws it adds."""
    code = segno.make(address, error="m", micro=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix]


def code_path(rows: list[str]) -> str:
    """The dark squares as one path of SVG, run by run, with `MARGIN` white squares around them."""
    runs = []
    for down, row in enumerate(rows, MARGIN):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end] == row[start]:
                end += 1
            if row[start] == "1":
                runs.append(f"M{start + MARGIN} {down}h{end - start}v1h-{end - start}z")
            start = end
    return "".join(runs)
