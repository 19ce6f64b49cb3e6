"""The attestation on paper, and for machines."""
