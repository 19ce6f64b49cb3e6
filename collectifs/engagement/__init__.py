"""The attestation of engagement: what somebody took part in or led, chosen line by line; never a content."""
