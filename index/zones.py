"""Where a line stands: lists of other stories, the top and the tail of a page, captions beside a share bar."""

from collections.abc import Collection, MutableSequence, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from index.lines import Line, overlap
from index.rules import masthead

# An article is over once one of these stands behind its prose ...
_ENDS = frozenset(("tags", "source line", "comments", "copyright", "previous/next link", "teaser"))
# ... and titles behind these belong to other stories when no prose follows.
_SURE_ENDS = frozenset(("tags", "copyright", "previous/next link", "byline", "site notice"))
_TAIL_ENDS = _ENDS | frozenset(
    ("subscription", "cookie notice", "related heading", "related link", "share bar", "menu", "counter", "byline")
)
_HEAD_CAPTIONS = 4
_CAPTION_WORDS = 45
# A title this close to the paragraph below it is its headline, or its teaser's.
_SAME_STORY = 0.34
_SURELY_SAME_STORY = 0.6


@dataclass(frozen=True, slots=True)
class Place:
    """A line on its page, and what became of it.

    Attributes:
        line: How it reads.
        heading: True when markup, not looks, makes it a heading.
        bullet: True for a list item or a row of a table.
        tight: True when no blank line parts it from the line above.
        after_gap: True when content that is no block, such as a list of links, stands right above it.
        reason: Why it is furniture, "" while it is kept.
        opens: True when an article of its own begins here.
    """

    line: Line
    heading: bool
    bullet: bool
    tight: bool
    after_gap: bool
    reason: str = ""
    opens: bool = False

    @property
    def prose(self) -> bool:
        """Kept prose."""
        return self.line.prose and not self.reason


Places = MutableSequence[Place]


def judge(places: Places) -> None:
    """Fill in the reasons that follow from where each line stands; ``places`` is changed in place."""
    if not any(p.prose for p in places):
        return
    _spare_headings(places)
    _lists(places)
    _loading_tail(places)
    _head(places)
    _share_captions(places)
    _after_end(places)
    _tail(places)
    _beside(places)


def name_site(places: Places, sites: Collection[tuple[str, ...]]) -> None:
    """Drop titles that are a name of the site and nothing else."""
    for i, place in enumerate(places):
        if place.line.words in sites and not place.line.prose:
            _drop(places, i, "site name")


def _drop(places: Places, at: int, reason: str) -> None:
    if not places[at].reason:
        places[at] = replace(places[at], reason=reason)


def _spare_headings(places: Places) -> None:
    """A heading in the markup with prose right below it is the article's, whatever it says."""
    for i in range(len(places) - 1):
        place = places[i]
        spared = place.reason not in {"advert marker", "loading", "related heading", "related link"}
        if place.heading and place.reason and not place.line.role and spared and places[i + 1].prose:
            places[i] = replace(place, reason="")


def _lists(places: Places) -> None:
    """Drop the stories below "Related news" or "Read also:", up to where an article goes on or begins."""
    heads = [i for i, p in enumerate(places) if p.line.role and p.reason]
    last = next((i for i in range(len(places) - 1, -1, -1) if places[i].prose), -1)
    before = [k for k in range(heads[0] if heads else 0) if places[k].prose]
    for i, end in pairwise([*heads, len(places)]):
        comments = places[i].reason == "comments"
        button = comments and len(before) < 2 and last > i
        linked = i + 1 < end and places[i + 1].after_gap  # the links below it are no blocks
        if button or linked:
            before += [k for k in range(i, end) if places[k].prose]
            continue
        ended = not before or any(places[k].reason in _ENDS for k in range(before[-1] + 1, i))
        start = _resumption(places, i + 1, end, places[i].line.role == "invitation", ended, comments)
        title = start - 1
        while title > i and (places[title].reason or places[title].line.doubt):
            title -= 1
        headline = start < end and title > i and not places[title].line.prose
        alike = overlap(places[title].line, places[start].line) if headline else 0.0
        headed = headline and alike >= (0.0 if ended else _SURELY_SAME_STORY)
        listed = any(not places[k].heading and not places[k].reason for k in range(i + 1, title))
        opens = start < end and (ended or (headed and _is_article(_run(places, start, end))))
        if headed or (headline and listed and places[title].heading):
            start = title
        if opens:
            places[start] = replace(places[start], opens=True)
        spared = _headlines(places, i + 1, start) if not before and start < end else frozenset()
        for k in range(i + 1, start):
            if k not in spared:
                _drop(places, k, "comments" if comments else "teaser")
        before += [k for k in range(i, end) if places[k].prose]


def _headlines(places: Places, start: int, article: int) -> frozenset[int]:
    """Titles between a list at the top of the page and the article that may be the article's own."""
    titles = [k for k in range(start, article) if not places[k].reason and not places[k].line.doubt]
    if not titles or not places[article].prose:
        return frozenset()
    body = [p.line for p in places[article : article + 6] if p.prose]
    same = {k for k in titles if max(overlap(places[k].line, b) for b in body) >= _SAME_STORY}
    return frozenset({titles[-1]} | same)


def _resumption(places: Places, start: int, end: int, invitation: bool, ended: bool, comments: bool) -> int:
    """Return where prose that belongs to an article begins in ``places[start:end]``, ``end`` if nowhere."""
    runs: list[list[int]] = []
    at = start
    while at < end:
        run = _run_indexes(places, at, end)
        if run:
            runs.append(run)
        at = run[-1] + 1 if run else at + 1
    bare_titles = not ended and not comments and _untold(places, start, runs)
    articles = [_is_article([places[k].line for k in run], 25 if comments else 9) for run in runs]
    for n, run in enumerate(runs):
        if articles[n]:
            return run[0]
        above = run[0] - 1
        title = places[above].line if above >= start and not places[above].reason else None
        unlike = title is None or overlap(title, places[run[0]].line) < _SAME_STORY
        if unlike and not comments and not ended and (invitation or bare_titles or any(articles[n:])):
            return run[0]
    return end


def _untold(places: Places, start: int, runs: Sequence[Sequence[int]]) -> bool:
    """Whether the list begins with titles that have no teasers, so that prose below them is the article's."""

    def titles(first: int, last: int) -> int:
        return sum(not places[k].reason and not places[k].line.doubt for k in range(first, last))

    if not runs or titles(start, runs[0][0]) < 2:
        return False
    return not any(titles(before[-1] + 1, after[0]) >= 2 for before, after in pairwise(runs))


def _run_indexes(places: Places, start: int, end: int) -> list[int]:
    """Prose from ``start`` on that nothing but adverts and links interrupt."""
    run: list[int] = []
    for k in range(start, end):
        place = places[k]
        if place.prose and not place.line.lures:
            run.append(k)
        elif place.reason not in {"advert marker", "related link", "caption"}:
            break
    return run


def _run(places: Places, start: int, end: int) -> list[Line]:
    return [places[k].line for k in _run_indexes(places, start, end)]


def _is_article(run: Sequence[Line], mean: int = 9) -> bool:
    """Whether paragraphs in a row are an article's rather than teasers': three, or two long ones."""
    total = sum(len(line.words) for line in run)
    return (len(run) >= 3 and total >= mean * len(run)) or (len(run) == 2 and total >= 2 * mean + 26)


def _loading_tail(places: Places) -> None:
    """Drop what loads after the article: "Loading..." twice or more with no article behind the first."""
    marks = [i for i, p in enumerate(places) if p.line.reason == "loading"]
    prose = [i for i, p in enumerate(places) if p.prose and (not marks or i < marks[0])]
    if len(marks) < 2 or not prose or places[marks[0] - 1].reason == "teaser":
        return
    if _resumption(places, marks[0] + 1, len(places), False, True, False) == len(places):
        for k in range(marks[0] + 1, len(places)):
            _drop(places, k, "teaser")


def _head(places: Places) -> None:
    """Above the prose: menus, dates, bylines and pictures; never the last title, nor a heading."""
    first = next((i for i, p in enumerate(places) if p.prose and not p.line.doubt), len(places))
    titles = [i for i in range(first) if not places[i].reason and not places[i].line.doubt]
    for i in range(first):
        if places[i].line.doubt and not places[i].heading and (titles or places[i].line.doubt != "menu"):
            _drop(places, i, places[i].line.doubt)
    _short_titles(places, titles)
    prose = [i for i, p in enumerate(places) if p.prose]
    for i in range(prose[2] if len(prose) > 2 else 0):
        doubt = places[i].line.doubt
        if doubt and not places[i].heading and (doubt == "caption" or (i < prose[1] and doubt != "menu")):
            _drop(places, i, doubt)


def _short_titles(places: Places, titles: list[int]) -> None:
    """Drop names of sections and of the site: short lines above the title, beside a menu or three in a row."""
    last = max((i for i in titles if len(places[i].line.words) >= 4), default=-1)
    if len(titles) > 1 and titles[1] <= last and masthead(places[titles[0]].line.words):
        _drop(places, titles[0], "site name")
    for i in titles:
        marks = {"menu", "page control", "date line", "breaking-news label"} if i <= 1 else {"menu", "page control"}
        beside = any(0 <= k < len(places) and places[k].reason in marks for k in (i - 1, i + 1))
        few = len(places[i].line.words) <= 3 and not places[i].heading and not places[i].bullet
        if few and beside and i < last:
            _drop(places, i, "menu")
    titles = [i for i in titles if not places[i].reason]
    short: list[int] = []
    for i in [*titles, -1]:
        if i >= 0 and len(places[i].line.words) <= 3 and not places[i].heading and not places[i].bullet:
            short.append(i)
            continue
        if len(short) >= 3 and any(t > short[-1] for t in titles):
            for k in short:
                _drop(places, k, "menu")
        short = []


def _share_captions(places: Places) -> None:
    """Drop pictures' captions between a lead and the share bar above the body."""
    prose = [i for i, p in enumerate(places) if p.prose]
    bar = next((i for i, p in enumerate(places) if p.reason == "share bar"), -1)
    below = [i for i in prose if i > bar]
    above = [i for i in prose if i < bar]
    if bar < 0 or len(below) < 2 or len(above) > _HEAD_CAPTIONS:
        return
    spaced = sum(p.tight for p in places) * 2 < len(places)
    for i in reversed(above):
        line = places[i].line
        grouped = spaced and all(places[k].tight for k in range(i + 1, bar + 1))
        lead = i == above[0]
        if line.reports or line.sentences > 1 or len(line.words) > _CAPTION_WORDS:
            break
        if not (grouped or line.pictures or (line.dated and not lead)) or (lead and not line.pictures):
            break
        _drop(places, i, "caption")


def _after_end(places: Places) -> None:
    """Drop boxes of a title and a paragraph, such as the author's, that follow the end of the article."""
    above = accumulate(p.prose for p in places)
    end = next((i for i, n in enumerate(above) if n >= 3 and places[i].reason in _SURE_ENDS), len(places))
    prose = [k for k in range(end + 1, len(places)) if places[k].prose]
    boxed = all(not places[k - 1].prose and not places[k - 1].reason for k in prose)
    if boxed and _resumption(places, end + 1, len(places), False, True, False) >= len(places):
        for k in range(end + 1, len(places)):
            _drop(places, k, "teaser")


def _tail(places: Places) -> None:
    """Below the last prose: previous and next story, menus, what stands behind the end of the article."""
    last = next((i for i in range(len(places) - 1, -1, -1) if places[i].prose), -1)
    if last < 0:
        return
    tail = [i for i in range(last + 1, len(places)) if not places[i].reason]
    for i, place in [(i, places[i]) for i in tail]:
        if place.line.doubt and not place.heading:
            _drop(places, i, place.line.doubt)
        near = [k for k in (i - 1, i + 1) if last < k < len(places)]
        if place.line.step and any(places[k].line.step == -place.line.step for k in near):
            _drop(places, i, "previous/next link")
    ended = False
    for i in range(last + 1, len(places)):
        ended = ended or places[i].reason in _TAIL_ENDS
        if ended and not places[i].heading:
            _drop(places, i, "teaser" if len(places[i].line.words) > 3 else "menu")
    menu = any(places[i].reason == "menu" for i in tail)
    rest = [i for i in tail if not places[i].reason]
    listed = places[last].line.text.rstrip().endswith((":", "："))
    plain = all(not places[i].heading and not places[i].bullet for i in rest)
    if len(rest) >= 3 and menu and plain and not listed and all(len(places[i].line.words) <= 3 for i in rest):
        for i in rest:
            _drop(places, i, "menu")


def _beside(places: Places) -> None:
    """Doubtful lines with furniture on both sides of them."""
    for i in range(1, len(places) - 1):
        place = places[i]
        if place.line.doubt and not place.heading and places[i - 1].reason and places[i + 1].reason:
            _drop(places, i, place.line.doubt)
