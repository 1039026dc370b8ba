"""What a model writes that obeys documents' orders, as the page shows it: text, and links to the page itself."""

from collections.abc import Callable

from html_tree import read
from injections import INJECTIONS, obey
from llm_server import LlmServer, Reply
from scripted import both

from index.config import LlmSettings
from index.embed import Embedder
from rag import providers
from rag.check import Checker
from rag.engine import Engine
from rag.worded import Worded
from ui.turns import Turn

LOADING = "img script iframe form input link style object embed audio video source svg base meta"
"""Elements that fetch, run or send something."""
MARKUP = "<img src=https://evil.example/a.png> ![x](https://evil.example/b.png) <script src=//evil.example></script>"


def test_obeyed_orders_put_nothing_on_the_page_that_loads_or_leads_away(
    poisoned: Engine, embedder: Embedder, serve_llm: Callable[..., LlmServer], refused: list[object]
) -> None:
    def obey_beside_the_truth(prompt: str) -> str:
        (source,) = (line for line in prompt.splitlines() if line.startswith("[") and "تلميذًا" in line)
        number, _, text = source.partition(" ")
        return f"{text} {number}\n{obey(prompt)}\n{MARKUP} {number}"

    server = serve_llm(Reply(obey_beside_the_truth, piece=500))
    model = providers.connect(LlmSettings(model=server.openai))
    assert model is not None
    answerer = Worded(poisoned, model, Checker(embedder.embed_queries))
    for number, case in enumerate(INJECTIONS, start=1):
        (own,) = (document.id for document in poisoned.documents() if document.path == case.file_name)
        asked = f"كم تلميذًا في مدرسة القرية رقم {case.school}؟"
        answer = answerer.ask(asked, within={own}, always_answer=True)
        assert answer.worded_by  # so that what obeys is shown, marked
        page = read(both(Turn(number, asked, answer)))
        assert "evil.example" in page.text()
        assert [tag for tag in LOADING.split() if page.find(tag=tag)] == []
        assert {link.attributes["href"][:1] for link in page.find(tag="a")} == {"#"}
        assert not any(
            name.startswith("on") or name in ("src", "style") for e in page.elements() for name in e.attributes
        )
    assert refused == []
