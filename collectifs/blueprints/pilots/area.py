"""The blueprint of everything about who pilots."""

from flask import Blueprint

bp = Blueprint("pilots", __name__)
