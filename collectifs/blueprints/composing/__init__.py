"""Pages of the composition of a territory's collectives: for its managers."""
