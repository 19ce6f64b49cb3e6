"""Composing the collectives of a territory: near one another, mixed, each with somebody who may pilot it."""
