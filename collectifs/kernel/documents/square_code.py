"""A square code: an address as black and white squares, for the camera of a telephone."""

import segno


def square_code(address: str) -> list[str]:
    """The rows of the code, « 1 » for a dark square; without its white margin, which whoever draws it adds."""
    code = segno.make(address, error="m", micro=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix]
