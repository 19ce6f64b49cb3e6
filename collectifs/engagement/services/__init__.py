"""Making an attestation, stopping it, what ends of it."""
