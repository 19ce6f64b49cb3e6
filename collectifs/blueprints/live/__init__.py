"""The live meeting: the pilot's screen and the gestures that it sends."""
