"""What the institution reads: copies, and nothing else."""
