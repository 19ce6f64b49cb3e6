"""The attestation of engagement: choosing its lines, its two files, the page where a reader checks one."""
