"""What is run around the application: system packages, assets. Nothing here is imported by it."""
