"""Whether a word is written like a name: by its capital, in Arabic by its letters, and no title or kind of place."""

import re

from index import months
from index.lexical import Word, is_arabic, normalize
from rag import foreign
from rag.heard import bare, readings

_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n])[\s\"'«“(\[]*\Z")
# From what likeness an Arabic word is taken for a name; chosen on half of eval/samples/support.jsonl.
_LIKENESS = 0.3
_LIKENESS_OF_SHORT, _SHORTEST = 0.5, 3
_LIKENESS_OF_CLEAR = 0.7


def _forms(listed: str) -> frozenset[str]:
    return frozenset(map(normalize, listed.split()))


# Capitalised in mid-sentence, and no name; loanwords that are written like names.
NO_NAMES = _forms(
    """
    the and president prime minister deputy secretary general foreign defence defense ministry council security
    chief leader commander colonel major lieutenant captain admiral governor mayor director head chairman
    spokesman spokeswoman spokesperson kremlin army navy force forces region oblast province city river sea port
    bridge square red island university institute centre center agency television news telegram parliament
    senate congress union european nations united world war treaty agreement comprehensive strategic partnership
    al el i mr mrs ms dr sir natural resources environment transport trade economy finance interior state party
    workers communist eastern western northern southern east west north south central people's people republic
    federation democratic monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
    ambassador consul envoy senator deputy governor mayor king queen prince princess emperor sultan sheikh pope
    patriarch bishop imam judge professor doctor academician general marshal officer sergeant private cosmonaut
    first second vice chief senior junior acting honorary supreme high grand great new old big little upper lower
    street avenue boulevard lane road highway railway railways station airport airfield airbase base port harbour
    harbor bay gulf strait ocean lake mountain mount hill valley desert forest park garden gardens district county
    village town capital territory peninsula border line zone plant factory works shipyard depot mine dam canal
    museum theatre theater gallery library church cathedral mosque temple palace castle tower house hall gate
    stadium arena hotel resort hospital clinic school academy college faculty laboratory observatory cosmodrome
    spaceport duma rada knesset senate cabinet court tribunal prosecutor police guard militia brigade division
    corps regiment battalion squadron fleet command staff headquarters pentagon kremlin administration office
    department bureau committee commission agency authority organisation organization association federation
    foundation fund bank company corporation group holding concern consortium exchange stock market website site
    newspaper magazine journal post times herald tribune radio channel broadcaster press service daily weekly
    online news report forum summit conference session congress festival exhibition fair games cup league
    championship olympic olympics prize award order medal hero title honour honor day night week month year
    january christmas easter ramadan eid victory liberation independence revolution memorial monument pact accord
    charter convention protocol memorandum declaration constitution law act bill resolution sanctions project
    operation plan programme program mission initiative belt silk iron golden white black blue green
    far middle near arctic antarctic pacific atlantic asian african european american western
    europe asia africa america latin arab arabic internet
    christian muslim islamic orthodox jewish buddhist soviet nazi
    дума думы госдума госдумы мид минобороны генштаб совбез роскосмос посол посольство институт университет
    академия завод фабрика музей театр парк проспект улица улице улицы вокзал аэропорт аэродром космодром
    тихоокеанский балтийский черноморский каспийский атлантический северный южный западный восточный
    первый дальний дальнего дальневосточный центр центральный трудовая трудовой партии
    президент министр министерство совет совбез безопасности обороны кремль кремля государство партия союз
    европа азия африка америка запад восток север юг интернет парламент
    область край республика федерация красная красной площадь площади верховный народный دولار دولارين دولارا
    رئيس وزير مدير قائد زعيم نائب سفير قنصل مبعوث قاض قاضي مدع محام ملك ملكه امير اميره سلطان شيخ امام بابا بطريرك
    جنرال عقيد عميد لواء فريق رايد نقيب ملازم ضابط جندي حاكم محافظ عمده مختار طبيب دكتور استاذ مهندس عالم كاتب
    كرد كردند فروند
    كيلومتر كيلومترا متر مترا فيتو تلفزيون تلغرام كيلو غرام طن يورو روبل مليون مليار بليون ميناء ستوفد سينما بنك
    دون سفن شركه انترنت دبلوماسي دبلوماسيين كونغرس كرملين الكرملين
    """
) | frozenset(map(normalize, months.MONTHS))
_ADJECTIVE = re.compile(
    r"(?:ыи|ии|ои|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ыми|ими|а|у|е|ы|и|еи)\Z"
)
_STEMS = frozenset(_ADJECTIVE.sub("", form) for form in NO_NAMES if "\u0400" <= form[0] <= "\u052f" and len(form) > 4)
_OPENERS = _forms(
    """
    then a an the in on at by for from with to of as and but or if when while since because despite under over about
    after before during between according more most nearly some several many few all both no not there it he she
    they we you this that these those his her their its who what which where how why also however meanwhile
    later earlier в на с со по к из у о об от до за при для и но а или если когда хотя после перед во через
    между более около почти согласно это эти тот та те он она они мы вы его её их что где как также однако позже
    ранее против бывший трое двое
    """
)


def is_generic(form: str) -> bool:
    """Whether a normalised word is a title, a kind of place or the like, which only looks like a name; in any form."""
    return any(
        reading.removeprefix("ال") in NO_NAMES or _ADJECTIVE.sub("", reading) in _STEMS for reading in readings(form)
    )


def is_name(text: str, word: Word) -> bool:
    """Whether a word is a name beyond reasonable doubt; the first of a sentence only where "'s" follows it."""
    if not word.form.isalpha() or is_generic(word.form):
        return False
    if is_arabic(word.form):
        plain = bare(word.form)[-1]
        least = _LIKENESS if len(plain) > _SHORTEST else _LIKENESS_OF_SHORT
        return not plain.startswith("ال") and foreign.likeness(plain) >= least
    written = text[word.start : word.end]
    if not written[0].isupper() or (len(written) > 1 and written.isupper()):  # an acronym may be written out elsewhere
        return False
    if not _SENTENCE_START.search(text[: word.start]):
        return True
    # At the start of a sentence every word is capitalised; the surname behind a first name tells by itself.
    return word.form not in _OPENERS and text.startswith(("'s", "’s"), word.end)


def may_be_name(text: str, word: Word) -> bool:
    """Whether a word is written as a name may be, in Arabic script as any word is."""
    if is_generic(word.form):
        return False
    if is_arabic(word.form):
        return True
    return text[word.start].isupper() and not _SENTENCE_START.search(text[: word.start])


def is_clear(word: Word) -> bool:
    """Whether a word is a name beyond doubt, as capitals tell, or Arabic letters that hardly another word has."""
    return not is_arabic(word.form) or foreign.likeness(bare(word.form)[-1]) >= _LIKENESS_OF_CLEAR
