"""What composing reads: the communes of France."""
