"""Words that attribute: which verb, noun or adjective shows which stance, and how it is known.

Plain English word classes, hand-made. `mode` says how an observer can know of it: `say` (it was
uttered), `act` (taken in public) or `mind` (a state of mind, which an author can only infer).
"""

from __future__ import annotations

import re
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
        " quip joke tweet describe suggest recommend indicate continue affirm underline outline insist"
        " complain counter point calculate disclose certify clarify put find show cite",
        warns="warn caution threaten",
        denies="deny dispute refute",
        demands="demand urge ask request call appeal press lobby plead",
        offers="promise pledge vow offer propose guarantee undertake",
        expects="predict forecast estimate project",
        opposes="criticise criticize condemn denounce object protest complain accuse blame decry",
        rejects="dismiss",
    ),
    **table(
        "act",
        supports="support back endorse welcome praise favour favor defend champion applaud"
        " advocate approve promote hail",
        opposes="oppose resist attack challenge veto block obstruct boycott contest",
        rejects="reject refuse decline rebuff spurn",
        accepts="accept agree concede consent tolerate acquiesce",
        demands="seek pursue",
        offers="commit",
    ),
    **table(
        "mind",
        believes="believe think understand know see view regard consider feel suspect realise"
        " realize imagine judge assume perceive harbour harbor envisage",
        denies="doubt",
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
    ("throw", "out"): Cue("rejects", "act"),
    ("vote", "down"): Cue("rejects", "act"),
    ("shoot", "down"): Cue("rejects", "act"),
    ("strike", "down"): Cue("rejects", "act"),
    ("sign", "up"): Cue("accepts", "act"),
    ("sign", "off"): Cue("accepts", "act"),
    ("point", "out"): Cue("states", "say"),
}

OBJECT_PREPOSITIONS = {
    "for": {"call", "ask", "press", "lobby", "plead", "appeal", "argue", "hope"},
    "to": {"object", "agree", "consent", "concede", "commit", "appeal", "sign", "acquiesce"},
    "on": {"insist", "sign"},
    "against": {"argue", "warn", "protest", "lobby", "speak", "advise"},
    "of": {"approve", "warn", "complain", "accuse"},
    "about": {"complain", "worry", "warn"},
    "with": {"agree", "disagree"},
    "over": {"protest"},
    "in": {"believe"},
}
"""Which prepositions bring in what a verb's holder wants, opposes or accepts."""

DIRECTED = {"for": "demands", "against": "opposes", "on": "demands"}
"""A preposition that settles the stance whatever the verb's own is: to argue for, argue against."""

TAKING_SIDES: dict[tuple[str, str], Stance] = {
    ("vote", "for"): "supports",
    ("vote", "against"): "opposes",
    ("rally", "against"): "opposes",
    ("rally", "behind"): "supports",
    ("side", "with"): "supports",
    ("stand", "by"): "supports",
    ("stand", "behind"): "supports",
    ("lean", "towards"): "supports",
    ("balk", "at"): "rejects",
    ("bow", "to"): "accepts",
    ("settle", "for"): "accepts",
}
"""What a verb that attributes nothing by itself shows with a preposition: `voted against …`."""

SIDES: dict[str, Stance] = {
    "against": "opposes",
    "for": "supports",
    "in favour of": "supports",
    "in favor of": "supports",
    "in support of": "supports",
    "in opposition to": "opposes",
    "in agreement with": "supports",
    "behind": "supports",
}
"""What stands after `is`, `came out`, `voted` and the like: `is in favour of …`."""

SIDING = frozenset("be come stand remain vote speak argue sit stay write declare".split())
"""Verbs after which one of `SIDES` says where the subject stands."""

BARE_SIDES = frozenset("against for behind".split())
"""Sides that mean something else after most verbs: only after `is all`, `came out`, `stands`."""

UTTERING = frozenset(
    """express voice make repeat renew reiterate state declare announce give issue put raise
    register signal maintain keep lend throw pledge restate deliver send submit stress
    underline reaffirm confirm""".split()
)
"""Verbs whose subject holds what the noun after them names: `voiced its opposition to …`."""

ENDING = frozenset(
    """drop withdraw abandon end lift renounce revoke retract rescind cease relinquish shelve
    give soften reverse overcome waive""".split()
)
"""Verbs after which what the noun names is over: `dropped its opposition to …`."""

MEETING = frozenset("meet face encounter draw attract win earn enjoy receive provoke".split())
"""Verbs whose subject is what the noun after them is about: `met with resistance from …`."""

STOPPING = frozenset("stop cease quit".split())
"""Verbs after which something is done no more; `never stopped opposing` is opposing still."""

FAILING = frozenset(("fail", "neglect"))
"""Verbs that deny what follows them: `did not fail to back`."""

LIGHT = (
    STOPPING
    | FAILING
    | {
        "use",
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
)
"""Verbs that pass their subject on to the word that follows."""

UNTURNED = frozenset(
    """defend champion promote hail applaud praise welcome advocate criticise criticize condemn
    denounce protest complain accuse blame attack challenge contest call ask request appeal press
    lobby plead urge demand harbour harbor""".split()
)
"""Verbs that show nothing once they are denied: who did not praise a thing need not oppose it."""

SILENT = frozenset(
    """comment say answer respond reply elaborate speak discuss disclose name identify confirm
    specify give provide""".split()
)
"""What somebody who declines to speak declines to do, which is no position."""

SPOKEN = frozenset(
    """evaluation explanation assessment comment insight glimpse look account advice apology
    condolence thanks view detail example clue reason excuse evidence""".split()
)
"""Nouns after which `offer` is no more than to say: `offered an explanation`."""

LIKELY = frozenset(
    "bring yield help last cost reach produce lead allow mean arrive suffice".split()
)
"""Verbs after which an author's `should` foretells: `should bring in nine crowns a year`."""

INDIRECT = re.compile(r"(?:whether|if|how|why|what|when|where|which|who)\b", re.IGNORECASE)
"""How a question that is told of begins: who asks one demands nothing."""
KNOWING = frozenset("know realise realize understand".split())
"""Verbs of knowing: who does not know a thing denies nothing."""

OPPOSITE: dict[Stance, Stance] = {
    "supports": "opposes",
    "opposes": "accepts",
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

"""What a denied cue shows: who does not oppose a thing lets it be, and need not support it."""

CONDITIONS = frozenset("if unless provided providing assuming".split())
"""Words that make what a clause governs depend on another."""

CONDITION_PHRASES = (
    "as long as",
    "so long as",
    "on condition",
    "on the condition",
    "on one condition",
    "only when",
    "in return for",
    "in exchange for",
    "subject to",
    "if",
    "unless",
    "provided",
    "providing",
)
FORMERLY = frozenset("once formerly previously originally initially hitherto".split())
"""Adverbs after which a verb of the past tense tells of a position that is held no more."""

HEDGES = frozenset(
    """probably perhaps maybe apparently seemingly presumably reportedly allegedly
    supposedly ostensibly conceivably potentially purportedly doubtless doubtlessly arguably
    plausibly seem seems seemed seeming purported
    roughly approximately""".split()
)
"""Words that weaken wherever they stand."""
HEDGE_PHRASES = (
    "as far as is known",
    "as far as i know",
    "to my knowledge",
    "to the best of my knowledge",
    "in all likelihood",
    "in all probability",
    "by all accounts",
    "up to a point",
    "chances are",
)
HELD_PASSIVELY = frozenset(
    """believed thought expected understood said feared reported rumoured rumored estimated
    considered projected predicted forecast assumed""".split()
)
"""What `is … to` makes a view of nobody in particular."""
EVIDENCE = frozenset(
    """evidence data figure number poll survey study research report record finding result analysis
    test document statistic estimate projection forecast model indication sign trace clue history
    experience account message letter email statement content footage image photograph picture
    pattern trend index indicator measure calculation audit review file note""".split()
)
"""What suggests something without anybody saying it."""
INFERENCE = frozenset(
    """appear seem probably likely possibly perhaps apparently seemingly presumably doubtless may
    might could would cannot clearly evidently obviously""".split()
)
"""Words with which an author reads a mind rather than reports an act."""

HUMAN_NOUNS = frozenset(
    """minister president secretary director chair chairman chairwoman spokesman spokeswoman
    spokesperson leader head chief mayor governor senator deputy member analyst economist expert
    researcher author professor scientist lawyer judge officer official aide adviser ambassador
    envoy general admiral captain commissioner councillor delegate founder manager owner resident
    critic opponent supporter campaigner activist observer voter worker shipper trader farmer
    fisherman people person man woman source witness politician lawmaker legislator diplomat
    negotiator regulator operator carrier employer employee investor scholar historian engineer
    state docker pilot skipper harbourmaster treasurer inspector auditor candidate prime accountant
    applicant assistant builder claimant consultant contractor defendant developer manufacturer
    organiser organizer police publisher retailer supplier tenant""".split()
)
"""Nouns that name someone who can hold a view though no proper name is given."""

DOCUMENT_NOUNS = frozenset(
    "report study survey statement letter poll note review audit paper memo document".split()
)
"""Nouns for what may say something itself."""
WRITINGS = DOCUMENT_NOUNS | frozenset(
    """analysis article assessment briefing data datum estimate figure inquiry memorandum release
    research statistic testimony""".split()
)
"""Nouns for what somebody has written or found out, and speaks through."""
