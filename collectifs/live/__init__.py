"""The room: gestures, their fold, the hand, devices, the projector."""
