"""The blueprint of this area, apart so that each of its modules of views can hang its own on it."""

from flask import Blueprint

bp = Blueprint("engagement", __name__)
