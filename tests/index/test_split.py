"""What indexing keeps of a document, by its settings."""

from index.config import IndexSettings
from index.split import explain
from index.types import Document

MENU, SUBSCRIBE = "Home | News | Sports | Weather", "Subscribe to our newsletter"
ARTICLE = (
    "The mayor opened the bridge at Wadi Nur on Sunday, after works that had taken three years.\n\n"
    "Trams will cross it every ten minutes, and cyclists have a lane of their own."
)
PAGE = Document("p", "p.txt", "", f"{MENU}\n\n{ARTICLE}\n\n{SUBSCRIBE}", "en", None, "text")


def kept(settings: IndexSettings) -> list[str]:
    sections = explain(PAGE, settings).sections
    return [PAGE.text[b.start : b.end] for section in sections for run in section.runs for b in run]


def test_furniture_is_dropped_unless_the_settings_keep_it():
    assert kept(IndexSettings()) == ARTICLE.split("\n\n")
    assert kept(IndexSettings(furniture="keep")) == [MENU, *ARTICLE.split("\n\n"), SUBSCRIBE]
    assert explain(PAGE, IndexSettings(furniture="keep")).dropped == ()
