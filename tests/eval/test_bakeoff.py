"""The comparison of HTML readers: labels, alignment, and what it does without the others."""

from pathlib import Path

import numpy as np
import pytest

from eval import bakeoff
from eval.bakeoff import Found, f1, judge, labelled

PAGE = """<html><head><title>x</title></head><body data-part="furniture"><nav>الرئيسية | أخبار<br>رياضة</nav>
<div data-part="article"><h1>وصول الوفد إلى المدينة</h1><p>وصل الوفد أمس إلى المدينة في زيارة تستمر يومين.
<p>وقال الوزير إن المحادثات تناولت التجارة والنقل.<p data-part="neither">تصوير: وكالة</div>
<script>var hidden = 1</script><p>جميع الحقوق محفوظة</p></body></html>"""


def kinds(page: bakeoff.Page, kind: str) -> list[str]:
    return [word for word, given in page.words if given == kind]


def test_the_nearest_label_counts_and_no_system_sees_it():
    page = labelled("page.html", PAGE)
    assert kinds(page, "furniture") == ["الرئيسية", "أخبار", "رياضة", "جميع", "الحقوق", "محفوظة"]
    assert kinds(page, "neither") == ["تصوير", "وكالة"]
    assert kinds(page, "article")[:4] == ["وصول", "الوفد", "إلى", "المدينة"]
    assert kinds(page, "article")[-1] == "والنقل"
    assert "data-part" not in page.html
    assert "hidden" not in [word for word, _ in page.words]


def test_words_are_counted_where_they_stand():
    page = labelled("page.html", PAGE)
    found = judge(page, "وصول الوفد إلى المدينة\nجميع الحقوق")
    assert found == Found(kept=4, article=len(kinds(page, "article")), left=2, furniture=6)
    assert judge(page, "") == Found(0, found.article, 0, 6)


def test_f1_is_of_words_kept():
    assert f1(np.array([[8.0, 10.0, 2.0], [0.0, 10.0, 0.0]])).tolist() == pytest.approx([0.8, 0.0])


def test_our_reading_keeps_the_article_and_no_more():
    page = labelled("page.html", PAGE)
    found = judge(page, bakeoff.sanad(page.html))
    assert (found.kept, found.left) == (found.article, 0)


def test_everything_is_what_the_body_shows():
    page = labelled("page.html", PAGE)
    assert judge(page, bakeoff.everything(page.html)).left == 6


def test_a_system_that_is_not_installed_is_left_out_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def missing(_source: str) -> str:
        raise ModuleNotFoundError("No module named 'missing'")

    monkeypatch.setattr(bakeoff, "SYSTEMS", (bakeoff.sanad, missing))
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    bakeoff.main([str(tmp_path / "one.html"), str(tmp_path / "two.html")])
    shown = capsys.readouterr().out
    assert "missing is LEFT OUT: No module named 'missing'" in " ".join(shown.split())
    assert "sanad" in shown


def test_of_the_sample_pages_we_keep_the_articles_and_leave_most_furniture_out():
    pages = [labelled(path.name, path.read_text("utf-8")) for path in sorted(bakeoff.PAGES.glob("*.html"))]
    assert len(pages) == 30
    found = [judge(page, bakeoff.sanad(page.html)) for page in pages]
    assert sum(one.kept for one in found) >= 0.96 * sum(one.article for one in found)
    assert sum(one.left for one in found) <= 0.2 * sum(one.furniture for one in found)
