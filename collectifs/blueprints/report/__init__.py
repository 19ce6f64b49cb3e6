"""The end of the season: the questionnaire, the report, what the territory works on."""

from collectifs.blueprints.report import questionnaire, routes, themes
from collectifs.blueprints.report.area import bp

__all__ = ["bp", "questionnaire", "routes", "themes"]
