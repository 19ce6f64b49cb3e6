"""The library of canvases."""
