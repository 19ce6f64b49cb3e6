"""The campaign of a territory: its call, the candidacies, who is told what, until collectives are published."""
