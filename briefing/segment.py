"""Documents into sentences, by rules and without a model.

In: `Document`. Out: a tuple of `Sentence` whose spans lie in order, never overlap and cover every
character from `body_start` on that is not white space.

First the text falls into blocks: a blank line, a heading, a list item and a line break that is no
mere wrap each begin a new one, and each block is a paragraph. Then each block falls into
sentences. Every step looks at a bounded stretch around a mark, so the time grows with the length
of the text, whatever the text is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Document, Sentence, SentenceKind, Span
from briefing.turns import turns

if TYPE_CHECKING:
    from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Narrower texts are lists or verse; wider ones have a paragraph a line.
WRAP_COLUMNS = range(40, 141)
HEADING_CHARACTERS = 80
HEADING_WORDS = 12
RUNNING_LINE_CHARACTERS = 60
SENTENCE_CHARACTERS = 5_000
"""Longest sentence. What runs on further is a list or a damaged text, and the time and memory that
a parser takes grow with it."""

TITLES = _words(
    "Mr Mrs Ms Mx Dr Drs Prof Profs Gen Gens Sen Sens Rep Reps Gov Govs Col Lt Sgt Capt Maj Adm "
    "Cmdr Cpl Pvt Brig Hon Rev Fr Messrs Mme Mlle Pres Supt Insp Amb Atty Det Pte Cllr"
)
NEVER_LAST = _words("e.g eg i.e ie cf viz vs v a.k.a incl")
BEFORE_NUMBERS = _words(
    "no nos p pp vol vols ch sec secs art arts fig figs para paras approx ca c est ed eds max min "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
SOMETIMES_LAST = _words(
    "Co Corp Inc Ltd Cos LLC Plc plc Bros Jr Sr Esq St Sts Ave Blvd Rd Mt Ft Dept dept Univ Govt "
    "govt Intl Natl Assn Assoc al Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Tues Thurs "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky Md Mass Mich Minn Mont Neb Nev Okla "
    "Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Ph.D M.Sc B.Sc D.Phil approx est"
)
# Words that, capitalised after an abbreviation, begin a sentence rather than go on with a name.
STARTERS = _words(
    "A About According After Again Against All Also Although Among An And Another Any Are As At "
    "Because Before Both But By Despite Did Do Does During Each Earlier Even Every Few For From "
    "Furthermore Has Have He Her Here His How However I If In Indeed Instead Is It Its Just Last "
    "Later Let Many Meanwhile More Moreover Most My Nevertheless No Nonetheless Nor Not Now Of On "
    "Once Only Or Other Others Our Over Perhaps Rather Several She Since So Some Still Such That "
    "The Their Then There Therefore These They This Those Though Through Throughout Thus To Today "
    "Under Unless Until Was We Were What When Where Whether Which While Who Why With Within "
    "Without Yesterday Yet You Your"
)
TOP_LEVEL_DOMAINS = _words("com org net gov edu io js eu uk de fr int info tv co")

TERMINATOR = re.compile(r"[.!?…。！？｡؟۔।]+")
ALWAYS_LAST = frozenset("。！？｡؟۔।")
SET_APART = frozenset(".!?")
CLOSERS = re.compile(
    r"(?:\[(?:\d{1,3}|[a-z])\]|[”)\]}」』）¹²³⁰⁴-⁹*_]|[\"'’](?!\w)|[“‘»«](?=[\s)\]]|\Z)"
    r"|[ \u00a0\u202f]»(?!\w)|[☀-➿\ufe0f\U0001f300-\U0001faff])*"
)
# A note's number after the full stop: `was approved.12 The council`.
NOTE = re.compile(r"(?<=[a-z]{3}[.”’\"])\d{1,3}(?=\s{1,4}[A-Z“‘\"])")
QUOTES = frozenset("”’\"'»“‘«")
SPACE = re.compile(r"\s*")
VISIBLE = re.compile(r"\S*")
# What may stand before the first word of a sentence.
LEAD = re.compile(r"(?:(?:\[?(?:…|\.{3})\]?|[—–•*-]{1,3})\s{1,3})?[^\w\s,;:.!?。！？]{0,4}")
GLUED_LEAD = re.compile(r"[\"'“‘«„(\[—–]{0,3}")
WORD = re.compile(r"[^\W\d_]+")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
TOKEN = re.compile(r"[\w.]*")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
ROMAN = re.compile(r"(?!I\b)[IVXLC]+\b")
SPEAKER = re.compile(
    rf"(?:I|(?:(?!(?:{'|'.join(sorted(STARTERS))})\b)[A-Z][\w.’'-]*\s+){{1,4}})\s*"
    r"(?:said|says|asked|asks|told|tells|added|adds|replied|replies|wrote|writes|shouted|cried|"
    r"answered|exclaimed|wondered|tweeted|quipped|joked|continued|recalled)\b"
)
ITEM = re.compile(
    r"(?:[-*•‣◦▪●·+–—]|\d{1,3}[.)]|\((?:\d{1,3}|[A-Za-z]|[ivx]{1,5})\)|(?:[a-z]|[ivx]{2,5})\))"
    r"(?=\s)"
)

NUMBERED = re.compile(
    r"(?P<open>\(?)(?P<number>\d{1,3}(?:\.\d{1,2}){0,2})(?P<close>[.)]?)\s+(?=[“‘\"']?[A-Z])"
)
LEAST_NUMBERED = 3
"""Paragraphs whose numbers count up, so that these are no words of theirs."""


class Line(NamedTuple):
    """A line that is not blank: trimmed offsets, and how many columns it fills."""

    start: int
    end: int
    columns: int


class Number(NamedTuple):
    """A number at the beginning of the paragraph `block`: its parts, how it is set, its end."""

    block: int
    parts: tuple[int, ...]
    style: tuple[str, str, int]
    end: int


class Block(NamedTuple):
    """What is split into sentences on its own; they may begin to end only from `body` on."""

    span: Span
    body: int
    kind: SentenceKind


def segment(document: Document) -> tuple[Sentence, ...]:
    """Split a document's body into sentences.

    A mark that closes a quotation or a bracket, and a note such as `[3]`, belong to the sentence
    before it. The span of a list item's first sentence begins at the item's marker. Where the
    source marks no headings, a short line without a final mark that stands above other text is
    one; so is the label of a turn in a transcript, and the number of a numbered paragraph. What is longer than `SENTENCE_CHARACTERS` is
    several sentences, cut at white space where it has any.

    Args:
        document: Any text. `headings` may reach beyond the body; only what lies in it counts.

    Returns:
        Sentences in order, numbered by paragraph from 0; empty for a body of white space.
    """
    sentences: list[Sentence] = []
    for paragraph, block in enumerate(_blocks(document)):
        start = block.span.start
        ends = [] if block.kind == "heading" else _ends(document.text, block.body, block.span.end)
        for end in (*ends, block.span.end):
            sentences += (
                Sentence(span, block.kind, paragraph)
                for span in _pieces(document.text, start, end)
            )
            start = _skip(SPACE, document.text, end, len(document.text))
    return tuple(sentences)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands from `start` to `end`, cut where it is too long for one sentence."""
    while end - start > SENTENCE_CHARACTERS:
        words = text[start : start + SENTENCE_CHARACTERS + 1].rsplit(maxsplit=1)[0]
        stop = start + min(len(words), SENTENCE_CHARACTERS)
        yield Span(start, stop)
        start = _skip(SPACE, text, stop, end)
    yield Span(start, end)


def _blocks(document: Document) -> list[Block]:
    text = document.text
    cursor = document.body_start
    blocks: list[Block] = []
    columns = _wrap_columns(text[cursor:])
    labels = (turn.label for turn in turns(text).turns)
    for heading in sorted((*document.headings, *labels)):
        start, end = _trim(text, max(heading.start, cursor), min(heading.end, len(text)))
        if start < end:
            blocks += _running_blocks(text, Span(cursor, start), columns, guess=False)
            blocks.append(Block(Span(start, end), start, "heading"))
            cursor = end
    guess = not document.headings
    blocks += _running_blocks(text, Span(cursor, len(text)), columns, guess=guess)
    return _without_numbers(text, blocks)


def _without_numbers(text: str, blocks: list[Block]) -> list[Block]:
    """`blocks` with the numbers of numbered paragraphs as blocks of their own.

    A list that a colon brings in keeps its markers: what it is a list of stands before it.
    """
    found = [
        Number(at, tuple(map(int, match["number"].split("."))), _style(match), match.end())
        for at, block in enumerate(blocks)
        if block.kind != "heading"
        and (match := NUMBERED.match(text, *block.span))
        and (
            not at
            or "\n\n" in re.sub(r"[ \t\r]", "", text[blocks[at - 1].span.end : block.span.start])
        )
        and _final(text, block.span.end) in ".!?:;"
    ]
    runs: dict[tuple[str, str, int], list[list[Number]]] = {}
    for number in found:
        of_style = runs.setdefault(number.style, [])
        if of_style and _counts_on(of_style[-1][-1].parts, number.parts):
            of_style[-1].append(number)
        else:
            of_style.append([number])
    ends = {
        number.block: number.end
        for of_style in runs.values()
        for run in of_style
        if len(run) >= LEAST_NUMBERED
        and not (run[0].block and _final(text, blocks[run[0].block - 1].span.end) == ":")
        for number in run
    }
    result: list[Block] = []
    for at, block in enumerate(blocks):
        if at in ends:
            mark = Span(*_trim(text, block.span.start, ends[at]))
            result.append(Block(mark, mark.start, "heading"))
            block = Block(Span(ends[at], block.span.end), ends[at], "sentence")
        result.append(block)
    return result


def _style(match: re.Match[str]) -> tuple[str, str, int]:
    return match["open"], match["close"], match["number"].count(".")


def _counts_on(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether one number follows another: 4 after 3, and 2.4 or 3.1 after 2.3."""
    *chapter, last = before
    if after == (*chapter, last + 1):
        return True
    return bool(chapter) and after == (*chapter[:-1], chapter[-1] + 1, 1)


def _skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where what `pattern` matches at `start` ends; `start` where it does not match."""
    found = pattern.match(text, start, end)
    return found.end() if found else start


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _paragraphs(text: str, region: Span) -> Iterator[list[Line]]:
    """The lines of `region`, grouped between blank lines."""
    lines: list[Line] = []
    offset = region.start
    for raw in text[region.start : region.end].splitlines(keepends=True):
        start, end = _trim(text, offset, offset + len(raw))
        if start < end:
            lines.append(Line(start, end, end - offset))
        elif lines:
            yield lines
            lines = []
        offset += len(raw)
    if lines:
        yield lines


def _wrap_columns(body: str) -> int:
    """At how many columns the text is hard-wrapped; 0 where it is not."""
    paragraphs = _paragraphs(body, Span(0, len(body)))
    widths = sorted(line.columns for lines in paragraphs if len(lines) > 1 for line in lines)
    # The few longest lines may hold an address that would not break.
    columns = widths[len(widths) * 9 // 10] if widths else 0
    return columns if columns in WRAP_COLUMNS else 0


def _running_blocks(text: str, region: Span, columns: int, *, guess: bool) -> list[Block]:
    blocks: list[Block] = []
    for lines in _paragraphs(text, region):
        first = len(blocks)
        for number, line in enumerate(lines):
            marker = ITEM.match(text, line.start, line.end)
            if number and _goes_on(text, lines[number - 1], line, columns, blocks[-1], marker):
                last = blocks[-1]
                blocks[-1] = last._replace(span=Span(last.span.start, line.end))
                continue
            kind: SentenceKind = "item" if marker else "sentence"
            body = marker.end() if marker else line.start
            blocks.append(Block(Span(line.start, line.end), body, kind))
        if guess and _is_heading(text, blocks[first], lines):
            blocks[first] = blocks[first]._replace(kind="heading")
    # A heading stands above something.
    if guess and blocks and blocks[-1].kind == "heading":
        blocks[-1] = blocks[-1]._replace(kind="sentence")
    return blocks


def _goes_on(
    text: str, above: Line, line: Line, columns: int, block: Block, marker: re.Match[str] | None
) -> bool:
    """Whether `line` goes on with what the line above it began, so that the break is a wrap."""
    word = _skip(VISIBLE, text, line.start, line.end) - line.start
    full = columns > 0 and above.columns + 1 + word > columns
    ended = _final(text, above.end) in ".!?…:;。！？"
    if marker:
        # A dash or a number that a wrap moved to the front of a line is no list item.
        return full and not ended and block.kind != "item"
    # A long line that breaks off before a number does so for the number's sake.
    numbered = above.columns >= RUNNING_LINE_CHARACTERS and text[line.start].isdigit()
    return full or (not ended and (numbered or text[line.start].islower()))


def _final(text: str, end: int) -> str:
    """The last character before `end`, closing quotation marks and brackets aside."""
    tail = text[max(0, end - 8) : end].rstrip("”’\"'»)]*_")
    return tail[-1:] or " "


def _is_heading(text: str, block: Block, lines: list[Line]) -> bool:
    start, end = block.span
    words = text[start:end]
    alone = len(lines) == 1 or (
        end == lines[0].end and lines[1].columns >= max(RUNNING_LINE_CHARACTERS, end - start)
    )
    return (
        block.kind == "sentence"
        and alone
        and len(words) <= HEADING_CHARACTERS
        and len(words.split()) <= HEADING_WORDS
        and _final(text, end) not in ".!?…:;,—–-。！？"
        and any(character.isalpha() for character in words)
        and not words.lstrip("“‘\"'«(*_#")[:1].islower()
    )


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end within a block, the block's own end left out."""
    first = LETTER_OR_DIGIT.search(text, start, end)
    quotes = 0
    for match in TERMINATOR.finditer(text, start, end):
        if first is None:
            return
        if match.start() < first.start():
            continue
        stop = _skip(CLOSERS, text, match.end(), end)
        quotes += text.count('"', start, stop)
        start = stop
        if quotes % 2 and text.startswith('"', stop, end):
            # With a letter right behind, only an open quotation tells that this mark closes.
            stop += 1
        stop = _skip(NOTE, text, stop, end)
        after = LETTER_OR_DIGIT.search(text, stop, end)
        # Stray marks at the end of a block belong to its last sentence.
        if after and _is_end(text, first.start(), match, stop, end):
            yield stop
            first = after


def _is_end(text: str, first: int, match: re.Match[str], stop: int, end: int) -> bool:
    """Whether the sentence with its first word at `first` ends with `match` and its closers."""
    mark = match.group()
    if mark[-1] in ALWAYS_LAST:
        return True
    gap = _skip(SPACE, text, stop, end)
    begin = _skip(LEAD if gap > stop else GLUED_LEAD, text, gap, end)
    character = text[begin : min(begin + 1, end)]
    found = WORD.match(text, begin, min(end, begin + 20))
    word = found.group() if found else ""
    if character and character in ",;:.!?…":
        return False
    if text[match.start() - 1 : match.start()] in ("(", "[") and stop > match.end():
        return False  # a mark that stands alone in brackets: `(?)`, `[…]`
    if gap == stop and not _glued_start(text, match.start(), character, word):
        return False
    if mark in SET_APART and gap > stop == match.end() and text[match.start() - 1].isspace():
        # Tokenised text: no writer sets a mark apart that does not end a sentence.
        before = _tail(text, match.start() - 1)
        if before[-1:].isalnum():
            return (len(before) > 1 or before.isdigit()) and before.capitalize() not in TITLES
    small = character.islower() and not word[1:2].isupper()
    tail = _tail(text, match.start())
    if mark == "." and tail:
        return _full_stop(
            tail,
            starts=_likely_start(text[gap:begin], word, tail),
            after=text[begin : begin + 8],
            plain=not small or _unmarked_start(tail, closed=stop > match.end()),
            alone=match.start() - len(tail) <= first,
            glued=gap == stop,
        )
    if small or (character.isdigit() and mark != "." and not mark.strip(".…")):
        return False
    quoted = mark != "." and any(closer in QUOTES for closer in text[match.end() : stop])
    return not (quoted and SPEAKER.match(text, begin, min(end, begin + 80)))


def _tail(text: str, dot: int) -> str:
    """The letters, digits and full stops right before `dot`; at most 30."""
    backwards = text[max(0, dot - 30) : dot][::-1]
    return backwards[: _skip(TOKEN, backwards, 0, 30)][::-1]


def _likely_start(lead: str, word: str, tail: str) -> bool:
    """Whether `word`, behind the marks `lead`, rather begins a sentence than goes on after `tail.`.

    A dash goes on with a dateline; a quotation mark after an initial holds a nickname.
    """
    if lead[:1] in ("-", "–", "—"):
        return False
    return word in STARTERS or (len(tail) > 1 and lead[-1:] in ("“", '"', "«", "„"))


def _unmarked_start(tail: str, *, closed: bool) -> bool:
    """Whether a small letter after `tail.` begins a sentence, as hasty writers have it."""
    return not closed and len(tail) >= 5 and tail.isalpha()


def _glued_start(text: str, mark: int, character: str, word: str) -> bool:
    """Whether a sentence may begin right after a mark, with no white space between."""
    if not character.isalpha() or word.lower() in TOP_LEVEL_DOMAINS:
        return False
    if (character.isupper() or character.islower()) and word not in STARTERS:
        before = _tail(text, mark)
        settled = before[-1:].islower() or not before or (len(before) == 4 and before.isdigit())
        if not (settled and character.isupper() and word[1:2].islower()):
            return False
    run = f" {text[max(0, mark - 100) : mark + 1]}".rsplit(maxsplit=1)[-1]
    return not any(sign in run for sign in ("www.", "@", "/"))  # no address


def _full_stop(
    tail: str, *, starts: bool, after: str, plain: bool, alone: bool, glued: bool
) -> bool:
    """Whether a single full stop after `tail` ends a sentence.

    Args:
        tail: What stands before the full stop.
        starts: The next word, or a quotation mark before it, hardly goes on with a name.
        after: The next few characters, behind opening marks.
        plain: The answer where `tail` is no abbreviation.
        alone: `tail` is all that the sentence holds so far.
        glued: No white space stands between.
    """
    if tail.capitalize() in TITLES or tail.lower() in NEVER_LAST:
        return False
    if tail.lower() in BEFORE_NUMBERS and (after[:1].isdigit() or ROMAN.match(after)):
        return False
    initials = DOTTED.fullmatch(tail) or (len(tail) == 1 and tail.isupper())
    if tail in SOMETIMES_LAST or initials:
        return starts and plain and not (glued and not after[1:2].islower())
    if alone and len(tail) <= 3 and tail.isdigit():
        return False  # `2. ` counts what follows
    if tail == "etc":
        return plain and not glued
    return plain
