"""The words of a season's report, alike on the page, on paper and in the spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from collectifs.kernel.documents.tables import Cell
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typography import count, long_date
from collectifs.meetings.domain.attendance import hours_in_figures
from collectifs.report.documents.charts import MASKED, Bars, bar_chart
from collectifs.report.documents.report import Figure, NeedRow, ReportPaper, ResultRows, ThemeRows
from collectifs.report.domain.numbers import Need, SeasonNumbers, needs, shown
from collectifs.report.domain.questionnaire import Box, Result, results, results_from, sentences_shown
from collectifs.report.domain.questions import QUESTIONS, Question
from collectifs.report.queries.reports import Report


@dataclass(frozen=True)
class Drawn:
    """A question of the questionnaire: its chart, and its finding in words."""

    topic: str
    finding: str
    chart: Markup
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportPage:
    """Everything the templates show."""

    report: Report
    seasons: Sequence[int]
    label: str
    figures: tuple[Figure, ...]
    needs: tuple[Need, ...]
    drawn: tuple[Drawn, ...]
    sentences: tuple[str, ...]
    returns: int
    results_from: date
    made: str


def report_page(report: Report, seasons: Sequence[int], today: date) -> ReportPage:
    """The report in words."""
    box = report.box
    made = f"Nombres arrêtés le {long_date(report.frozen_at.date())}" if report.frozen_at else f"Au {long_date(today)}"
    return ReportPage(
        report,
        seasons,
        season_label(report.season),
        figures(report.numbers),
        needs(report.numbers, report.wanted),
        drawn_results(QUESTIONS, box) if box else (),
        sentences_shown(box) if box else (),
        box.returns if box else 0,
        results_from(report.season),
        f"{made}. Il ne nomme ni collectif, ni personne.",
    )


def figures(numbers: SeasonNumbers) -> tuple[Figure, ...]:
    """« 29 collectifs, dans deux départements »: a name, a number, what it is out of."""
    new = shown(numbers.new_tutors, numbers.answered)
    degrees = _degrees(numbers)
    found = [
        Figure("collectifs", str(numbers.collectives), count(numbers.pilots, "pilote")),
        Figure("membres", str(numbers.members), degrees),
        Figure(
            "débutent dans le tutorat",
            MASKED if new is None else str(new),
            f"sur {numbers.answered} qui l’ont dit" if numbers.answered else "personne ne l’a dit",
        ),
        Figure("regroupements tenus", str(numbers.held), f"sur {numbers.planned + numbers.cancelled} prévus"),
        Figure("en regroupement", hours_in_figures(numbers.minutes), ""),
    ]
    if numbers.present is not None and numbers.size is not None:
        found.append(
            Figure("personnes par regroupement", decimal(numbers.present), f"sur {decimal(numbers.size)} inscrites")
        )
    found.append(Figure("fiches transmises", str(numbers.submitted), ""))
    return tuple(found)


def decimal(number: float) -> str:
    """« 6,4 »."""
    return f"{number:.1f}".replace(".", ",").removesuffix(",0")


def _degrees(numbers: SeasonNumbers) -> str:
    told = numbers.first_degree + numbers.second_degree
    first = shown(numbers.first_degree, told)
    return f"{first} du 1er degré, {told - first} du 2d" if told and first is not None else ""


def drawn_results(questions: Sequence[Question], box: Box) -> tuple[Drawn, ...]:
    """What may be shown of each question, in its chart."""
    return tuple(_drawn(number, each) for number, each in enumerate(results(questions, box), 1) if each.said)


def _drawn(number: int, result: Result) -> Drawn:
    """The chart of a question. Its finding: what most people said."""
    most = max(result.said, key=lambda each: each.number or 0)
    finding = f"« {most.label} » : {count(most.number or 0, 'personne', feminine=True)}."
    chart = bar_chart(
        f"r{number}", result.question.topic, finding, [Bars(each.label, (each.number,)) for each in result.said]
    )
    rows = tuple((each.label, MASKED if each.number is None else str(each.number)) for each in result.said)
    return Drawn(result.question.topic, finding, Markup(chart), rows)  # noqa: S704  bar_chart() escapes what it is given


def report_paper(page: ReportPage, themes: tuple[ThemeRows, ...]) -> ReportPaper:
    """The same, for the paper, with what the sheets are filed under."""
    return ReportPaper(
        title=f"Bilan de la saison {page.label}, {page.report.territory.name}",
        territory=page.report.territory.name,
        label=page.label,
        made=page.made,
        figures=page.figures,
        themes=themes,
        returns=page.returns,
        results=tuple(
            _rows(each, page.returns)
            for each in (results(QUESTIONS, page.report.box) if page.report.box else ())
            if each.said
        ),
        sentences=page.sentences,
        needs=tuple(
            NeedRow(each.label, str(each.now), str(each.again), "" if each.wanted is None else str(each.wanted))
            for each in page.needs
        ),
        words=page.report.words,
        results_from=long_date(page.results_from),
    )


def _rows(result: Result, returns: int) -> ResultRows:
    return ResultRows(
        result.question.topic,
        tuple(
            (each.label, MASKED, None)
            if each.number is None
            else (each.label, str(each.number), round(each.number / returns * 100))
            for each in result.said
        ),
    )


def report_cells(page: ReportPage) -> tuple[Sequence[str], list[list[Cell]]]:
    """A header and rows: the part, what is counted, how many."""
    numbers = page.report.numbers
    rows: list[list[Cell]] = [["En nombres", each.name, _cell(each.number)] for each in page.figures]
    rows.append(["En nombres", "regroupements annulés", numbers.cancelled])
    if page.returns:
        rows.append(["Questionnaire", "réponses", page.returns])
    for each in page.drawn:
        rows += [[each.topic, label, _cell(number)] for label, number in each.said]
    for need in page.needs:
        rows.append(["Cette saison", need.label, need.now])
        rows.append(["Reconduire", need.label, need.again])
        if need.wanted is not None:
            rows.append(["Étendre", need.label, need.wanted])
    return ("Partie", "Ce qui est compté", "Nombre"), rows


def _cell(words: str) -> Cell:
    """A number where there is one."""
    plain = words.replace(",", ".")
    return int(words) if words.isdecimal() else Decimal(plain) if plain.replace(".", "", 1).isdecimal() else words
