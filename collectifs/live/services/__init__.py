"""Receiving gestures, handing over, preparing a device, letting the notes perish."""
