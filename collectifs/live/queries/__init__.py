"""What the room knows: gestures, devices, what was set aside."""
