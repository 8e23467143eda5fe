"""Words that attribute: which verb, noun or adjective shows which stance, and how it is known.

Plain English word classes, hand-made. `mode` says how an observer can know of it: `say` (it was
uttered), `act` (taken in public) or `mind` (a state of mind, which an author can only infer).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from briefing.findings import Stance

Mode = Literal["say", "act", "mind"]


class Cue(NamedTuple):
    """What a cue word shows: the stance of its holder, and how that can be known."""

    stance: Stance
    mode: Mode


def table(mode: Mode, **words: str) -> dict[str, Cue]:
    """Spell out `stance="word word"` as one entry a word."""
    return {
        word: Cue(stance, mode)  # type: ignore[arg-type]  # keys are stances, see the tests
        for stance, listed in words.items()
        for word in listed.split()
    }


VERBS: dict[str, Cue] = {
    **table(
        "say",
        states="say tell add note write report announce declare state reply respond answer recall"
        " conclude maintain contend assert stress emphasize emphasise explain argue comment"
        " remark observe reiterate repeat claim allege testify confirm reveal acknowledge admit"
        " quip joke tweet describe suggest indicate continue affirm underline outline insist"
        " complain counter point calculate disclose certify clarify put find show cite",
        warns="warn caution threaten",
        denies="deny dispute refute",
        demands="demand urge ask request call appeal press lobby plead",
        offers="promise pledge vow offer propose recommend guarantee undertake",
        expects="predict forecast estimate project",
        opposes="criticise criticize condemn denounce object protest complain accuse blame decry",
        rejects="dismiss",
    ),
    **table(
        "act",
        supports="support back endorse welcome praise favour favor defend champion applaud"
        " advocate approve promote hail",
        opposes="oppose resist attack challenge veto block obstruct boycott contest",
        rejects="reject refuse decline rebuff",
        accepts="accept agree concede consent tolerate",
        demands="seek pursue",
        offers="commit",
    ),
    **table(
        "mind",
        believes="believe think understand know see view regard consider feel suspect realise"
        " realize imagine judge assume perceive harbour harbor doubt envisage",
        expects="expect anticipate hope fear worry",
        demands="want wish desire prefer",
        supports="plan intend aim embrace",
        accepts="welcome",
    ),
}
VERBS["welcome"] = Cue("supports", "act")

NOUNS: dict[str, Cue] = {
    **table(
        "say",
        demands="demand call request appeal plea insistence ultimatum",
        states="claim statement assertion argument contention admission announcement remark"
        " suggestion allegation conclusion finding",
        offers="promise pledge vow offer proposal commitment undertaking assurance guarantee",
        warns="warning threat",
        denies="denial",
        opposes="opposition objection criticism condemnation complaint resistance protest",
        rejects="rejection refusal dismissal",
        supports="support endorsement backing approval praise",
        expects="prediction forecast estimate",
        accepts="acceptance agreement consent",
    ),
    **table(
        "mind",
        believes="belief view conviction opinion suspicion",
        expects="hope fear concern expectation worry",
        demands="desire wish",
        supports="plan intention preference",
    ),
}

ADJECTIVES: dict[str, Cue] = {
    **table("act", opposes="opposed hostile critical", supports="supportive", offers="committed"),
    **table(
        "mind",
        accepts="willing ready prepared content happy open amenable",
        opposes="unwilling reluctant wary sceptical skeptical hesitant averse",
        supports="eager keen determined favourable favorable sympathetic",
        believes="confident sure certain convinced aware adamant",
        expects="afraid concerned worried hopeful fearful optimistic pessimistic",
    ),
}

PARTICLES: dict[tuple[str, str], Cue] = {
    ("rule", "out"): Cue("rejects", "say"),
    ("hit", "out"): Cue("opposes", "say"),
    ("turn", "down"): Cue("rejects", "act"),
    ("speak", "out"): Cue("opposes", "say"),
    ("point", "out"): Cue("states", "say"),
}

OBJECT_PREPOSITIONS = {
    "for": {"call", "ask", "press", "lobby", "plead", "appeal", "argue", "hope", "apologise"},
    "to": {"object", "agree", "consent", "concede", "commit", "appeal"},
    "on": {"insist"},
    "against": {"argue", "warn", "protest", "lobby", "speak", "vote"},
    "of": {"approve", "warn", "complain", "accuse"},
    "about": {"complain", "worry", "warn"},
    "with": {"agree", "disagree"},
    "over": {"protest"},
    "in": {"believe"},
}
"""Which prepositions bring in what a verb's holder wants, opposes or accepts."""

DIRECTED = {"for": "demands", "against": "opposes", "on": "demands"}
"""A preposition that settles the stance whatever the verb's own is: to argue for, argue against."""

LIGHT = {
    "appear",
    "seem",
    "continue",
    "remain",
    "begin",
    "start",
    "tend",
    "keep",
    "become",
    "stay",
}
"""Verbs that pass their subject on to the word that follows."""

OPPOSITE: dict[Stance, Stance] = {
    "supports": "opposes",
    "opposes": "supports",
    "accepts": "rejects",
    "rejects": "accepts",
    "demands": "opposes",
    "offers": "rejects",
    "believes": "denies",
    "expects": "denies",
    "denies": "states",
    "warns": "warns",
    "states": "states",
}

HEDGES = frozenset(
    """probably likely possibly perhaps apparently seemingly presumably reportedly allegedly
    supposedly ostensibly conceivably potentially purportedly doubtless doubtlessly arguably maybe
    unlikely may might could appears appear appeared seems seem seemed roughly approximately
    suggests suggest suggested""".split()
)
HEDGE_PHRASES = ("as far as is known", "in all likelihood", "it is possible that", "up to a point")
INFERENCE = frozenset(
    """appear seem probably likely possibly perhaps apparently seemingly presumably doubtless may
    might could would cannot clearly evidently obviously""".split()
)
"""Words with which an author reads a mind rather than reports an act."""

ORGANISATION_WORDS = frozenset(
    """ministry authority council association union party institute university department
    commission federation company committee agency board bank court parliament office group
    government administration directorate bureau chamber league congress senate academy
    foundation corporation trust society assembly guild consortium syndicate""".split()
)
HUMAN_NOUNS = frozenset(
    """minister president secretary director chair chairman chairwoman spokesman spokeswoman
    spokesperson leader head chief mayor governor senator deputy member analyst economist expert
    researcher author professor scientist lawyer judge officer official aide adviser ambassador
    envoy general admiral captain commissioner councillor delegate founder manager owner resident
    critic opponent supporter campaigner activist observer voter worker shipper trader farmer
    fisherman people person man woman source witness politician lawmaker legislator diplomat
    negotiator regulator operator carrier employer employee investor scholar historian engineer
    state docker pilot skipper harbourmaster treasurer inspector auditor candidate prime""".split()
)
"""Nouns that name someone who can hold a view though no proper name is given."""
