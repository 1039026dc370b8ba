"""Boxes between paragraphs that are known by the lines around them: reader polls, links to films and galleries."""

from dataclasses import replace

from index.lines import Line
from index.phrases import bare, opening, whole
from index.rules import single_stop
from index.zones import Places

# A poll offers at least this many answers.
_ANSWERS = 2


def judge_asides(places: Places) -> None:
    """Drop polls, and labelled links to media below the first paragraph; ``places`` is changed in place."""
    answers = 0
    for i in range(len(places), -1, -1):
        if i < len(places) and _answers(places[i].line):
            answers += 1
            continue
        if answers >= _ANSWERS:
            _drop_poll(places, i, answers)
        answers = 0
    told = False
    for i, place in enumerate(places):
        if told and not place.reason and not place.heading and _shows(place.line):
            places[i] = replace(place, reason="media link")
        told = told or place.prose


def _drop_poll(places: Places, above: int, answers: int) -> None:
    """Drop answers, and the question right above them, which stands at ``above``."""
    asks = above >= 0 and places[above].line.text.rstrip().endswith(("?", "؟"))
    for k in range(above if asks else above + 1, above + 1 + answers):
        if not places[k].reason:
            places[k] = replace(places[k], reason="reader poll")


def _answers(line: Line) -> bool:
    return whole(bare(line.words), "answers") is not None and len(line.text) <= 40


def _shows(line: Line) -> bool:
    """Whether a line is a label such as "Watch" with the title of a film behind its colon, not a sentence."""
    match = opening(line.words, "media_labels")
    label, colon, title = line.text.partition(":")
    labelled = match is not None and colon and title and len(label.split()) == match[0]
    return bool(labelled) and not line.prose and not single_stop(line.text) and not line.reports
