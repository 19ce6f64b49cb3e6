"""The end of the season: the questionnaires, the report, what the territory works on."""

from collectifs.blueprints.report import evaluation, questionnaire, routes, themes
from collectifs.blueprints.report.area import bp

__all__ = ["bp", "evaluation", "questionnaire", "routes", "themes"]
