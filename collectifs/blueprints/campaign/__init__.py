"""The call of a territory, as everybody reads it; candidacies, as their people and their manager see them."""
