"""Sources in, a brief out: the one place where the stages are strung together.

In: `Settings` and what to read. Out: `Findings`, and from them a `Publication`. Owns the two
things that need the rendered page: fitting it, and checking every quotation that stands on it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from briefing import __version__
from briefing.errors import BriefingError, SourceError
from briefing.findings import (
    FORMAT,
    Digest,
    Draft,
    Finding,
    Findings,
    Method,
    Reading,
    Refusal,
    Section,
)
from briefing.ingest import read as read_sources
from briefing.ingest.source import Parsed, Source
from briefing.publishing import Edition, Publication, composed, publish, ready
from briefing.reader.salient import Budget
from briefing.relate import (
    Agreement,
    headline,
    ranking,
    relate,
    unify,
    upheld,
)
from briefing.segment import segment
from briefing.several import (
    contests,
    dated,
    distinct,
    fitting,
    focused,
    near_focus,
    off_focus,
    on_focus,
)
from briefing.shelf import STUB as STUB
from briefing.shelf import Shelf
from briefing.templating import find, is_shipped
from briefing.verify import verify
from briefing.write import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.analyse import Analyser
    from briefing.brief import Brief
    from briefing.checking import Answer, Checked, Inquiry
    from briefing.confined import Confined
    from briefing.document import Document, Span
    from briefing.settings import Settings
    from briefing.store import Store
    from briefing.support.points import Points
    from briefing.support.weighed import Weighs
    from briefing.verify.sources import Sources
    from briefing.writers import Writer

LANGUAGE_READ = "en"
"""What the analyser was made for; a text in another language is read, and the user told."""

Printed = TypeVar("Printed")
Progress = Callable[[str, int, int], None]
"""Called with the stage, how many are done and how many there are."""

_log = logging.getLogger(__name__)


class Desk:
    """Models and fonts, loaded when first needed and kept: one a process.

    Args:
        settings: What the user chose.
        on_progress: Told about long work.
        shelf: Where models are kept for several desks of one process.
        store: Where sources and readings are kept for the next time; None for nowhere.

    Attributes:
        failures: Sources that could not be read, while others could be.
    """

    def __init__(
        self,
        settings: Settings,
        on_progress: Progress | None = None,
        *,
        shelf: Shelf | None = None,
        store: Store | None = None,
    ) -> None:
        self.settings = settings
        self.failures: tuple[SourceError, ...] = ()
        self.shelf = shelf or Shelf()
        self.store = store
        self._report = on_progress or (lambda _stage, _done, _total: None)

    @property
    def analyser(self) -> Analyser:
        """What reads documents."""
        return self.shelf.analyser(self.settings.model)

    @property
    def points(self) -> Points | None:
        """What tells whether statements say the same in other words; None for the stub."""
        return self.shelf.points(self.settings.model)

    @property
    def scorer(self) -> Weighs:
        """What tells whether texts carry claims."""
        return self.shelf.scorer(self.settings.model)

    @property
    def writer(self) -> Writer:
        """What words the summary."""
        return self.shelf.writer(self.settings.model, allow_remote=self.settings.allow_remote)

    def answers(self, inquiries: Sequence[Inquiry]) -> list[Answer]:
        """Whether each text carries the claim beside it."""
        from briefing.checking import answers

        return answers(inquiries, self.scorer)

    def check(
        self, text: Document, documents: Sequence[Document]
    ) -> tuple[tuple[Document, ...], tuple[Checked, ...]]:
        """Check every sentence of `text` against `documents`.

        Returns:
            Those of `documents` that can be read, which evidence counts; and the sentences.

        Raises:
            SourceError: If none of them can be read, or `text` cannot.
        """
        from briefing.checking import check

        sources = self.sources(documents)
        return sources.pile.documents, check(text, sources, self.analyse)

    def sources(self, documents: Sequence[Document]) -> Sources:
        """Read `documents`, to hold sentences against them; as `readable`."""
        from briefing.verify.sources import Sources

        documents, found = self.readable(documents)
        readings = upheld(documents, unify(documents, found))
        return Sources(documents, readings, self.scorer)

    def vectors(self, texts: Sequence[str]) -> Any:
        """One row of unit length for each of `texts`: alike where they make the same point."""
        import numpy as np

        points = self.points if texts else None
        return points.vectors(texts) if points else np.zeros((len(texts), 1))

    def read(self, sources: Sequence[str], *, stdin: BinaryIO | None = None) -> Findings:
        """Read sources and find all that a brief can say of them.

        Raises:
            SourceError: If none of them could be read; the message names each.
            ModelError: If the model is unknown or its files are missing.
        """
        writer = self.writer
        documents, notices = self.gather(sources, stdin=stdin)
        # First, as a page may have room for some notices only.
        unread = tuple(failure.notice for failure in self.failures)
        return self.findings(documents, writer, (*unread, *notices))

    def gather(
        self, sources: Sequence[str], *, stdin: BinaryIO | None = None
    ) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The texts of sources, and what happened to them on the way; nothing is analysed.

        Raises:
            SourceError: If none of them could be read; the message names each.
        """
        intake = read_sources(sources, stdin=stdin, keep=self._parsed if self.store else None)
        self.failures = intake.failures
        if not intake.documents:
            raise nothing_read(intake.failures, intake.notices)
        return intake.documents, intake.notices

    def findings(
        self, documents: Sequence[Document], writer: Writer, notices: tuple[str, ...]
    ) -> Findings:
        """All that a brief can say of `documents`, as far as they can be read.

        Raises:
            SourceError: If none of them can be, or none says anything about the focus.
        """
        settings = self.settings
        documents, found = self.readable(documents)
        everything = upheld(documents, unify(documents, found))
        readings = focused(documents, everything, settings.focus)
        related = relate(documents, readings, self.vectors)
        if settings.focus:
            related = near_focus(related, readings)
        agreement = Agreement(documents, readings, related.origins, related.groups)
        written = write(
            documents,
            readings,
            writer,
            same=agreement.same,
            support=agreement.support,
            origin_of=related.origins.first(documents).__getitem__,
        )
        drafts, gated = self.gated(written.drafts, documents, readings)
        verified, refusals = verify(drafts, documents)
        contested, refused = contests(related.contested, agreement)
        events, refused_events = dated(related, agreement)
        return Findings(
            format=FORMAT,
            title=settings.title
            or headline(documents, related, settings.focus, settings.language),
            date=settings.day,
            language=settings.language,
            focus=settings.focus,
            method=Method(
                version=__version__,
                reader=self.analyser.name,
                reader_sha256=self.analyser.sha256,
                writer=writer.name,
                offline=writer.offline,
            ),
            documents=documents,
            readings=everything,
            bottom_line=agreement.join(of_section(verified, "bottom_line")),
            summary=agreement.join(of_section(verified, "summary")),
            claims=agreement.join(of_section(verified, "claims")),
            positions=of_section(verified, "positions"),
            contested=contested,
            unknowns=related.unknowns,
            refusals=(*written.refusals, *gated, *refusals, *refused, *refused_events),
            notices=(*notices, *foreign(documents)),
            off_focus=off_focus(readings) if settings.focus else 0,
            matrix=related.matrix,
            timeline=events,
            items=digests(
                agreement.join(of_section(verified, "items")), related.origins.first(documents)
            ),
            beyond=written.beyond,
        )

    def gated(
        self,
        drafts: tuple[Draft, ...],
        documents: tuple[Document, ...],
        readings: tuple[Reading, ...],
    ) -> tuple[tuple[Draft, ...], tuple[Refusal, ...]]:
        """Drafts that the gate let pass, others in the sources' words; nothing loads for none."""
        if not any(draft.text for draft in drafts):
            return drafts, ()
        from briefing.verify.gate import gate
        from briefing.verify.sources import Sources

        sources = Sources(documents, readings, self.scorer)
        return gate(drafts, sources, self.analyse)

    def analyse(self, documents: Sequence[Document]) -> tuple[Reading, ...]:
        """As `readings`, without telling of it and without the store."""
        return tuple(map(self._analysed, documents))

    def readings(self, documents: Sequence[Document]) -> tuple[Reading, ...]:
        """Read documents; one reading each, in their order.

        Raises:
            SourceError: If one of them cannot be read.
        """
        return tuple(map(self.reading, self._told(documents)))

    def readable(
        self, documents: Sequence[Document]
    ) -> tuple[tuple[Document, ...], tuple[Reading, ...]]:
        """Read documents; those that can be read, in their order, and one reading each.

        The others are added to `failures`.

        Raises:
            SourceError: If none of them can be read; the message names each.
        """
        read: list[tuple[Document, Reading]] = []
        for document in self._told(documents):
            try:
                read.append((document, self.reading(document)))
            except SourceError as error:
                self.failures += (error,)
        if documents and not read:
            raise nothing_read(self.failures)
        return tuple(document for document, _ in read), tuple(reading for _, reading in read)

    def reading(self, document: Document) -> Reading:
        """What is found in one document, alone; taken from the store where it was before.

        Raises:
            SourceError: If it cannot be read.
        """
        if self.store is None:
            return self._analysed(document)
        analyser = self.analyser
        key = (document, analyser.name, analyser.sha256)
        return self.store.of("readings", key, Reading, partial(self._analysed, document))

    def _told(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Each of `documents`, telling of how many are read."""
        for number, document in enumerate(documents):
            self._report("read", number, len(documents))
            yield document
        self._report("read", len(documents), len(documents))

    def _analysed(self, document: Document) -> Reading:
        """What is found in one document, worked out anew."""
        try:
            (reading,) = self.analyser.analyse([document], [segment(document)])
        except (BriefingError, ImportError, MemoryError):
            raise  # a fault of the installation or the machine, not of the document
        except Exception as error:
            # a text on which the analyser trips must not stop the others
            _log.debug("no reading of %s", document.name, exc_info=error)
            raise SourceError(
                f"{document.name} cannot be analysed: {type(error).__name__}: {error}",
                hint="Leave it out, or give its parts as files of their own.",
            ) from error
        return reading

    def _parsed(self, source: Source, make: Callable[[], Parsed]) -> Parsed:
        """One source, taken from the store where the same bytes were read before."""
        if self.store is None:
            return make()
        key = (source.name, sha256(source.data).hexdigest())
        return self.store.of("sources", key, Parsed, make)

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How well each sentence, taken alone, lends itself to being checked, 0 to 1."""
        return self.analyser.worth(sentences)

    def summarise(
        self,
        documents: Sequence[Document],
        *,
        words: int | None,
        sentences: int | None,
        focus: str | None = None,
    ) -> tuple[tuple[int, Span], ...]:
        """Choose the sentences that matter most, as they stand.

        Args:
            documents: What to summarise.
            words: Stop where the total comes nearest to this; None for no such limit.
            sentences: Choose this many; None for no such limit.
            focus: What the summary is to be about, empty for all that matters; None for the
                focus of the settings.

        Returns:
            Document index and span of each, in reading order.

        Raises:
            SourceError: If no sentence has a word of the focus.
        """
        focus = self.settings.focus if focus is None else focus
        if focus:
            return self.summarise_on(documents, focus, Budget(words, sentences))
        cut = [segment(document) for document in documents]
        chosen = self.analyser.choose(documents, cut, Budget(words, sentences))
        return tuple((number, cut[number][at].span) for number, at in chosen)

    def summarise_on(
        self, documents: Sequence[Document], focus: str, budget: Budget
    ) -> tuple[tuple[int, Span], ...]:
        """As `summarise`, of what is about `focus` alone; less than `budget` where there is less."""
        readings = self.readings(documents)
        ranked = distinct(
            documents, readings, ranking(readings, on_focus(documents, readings, focus))
        )
        lengths = [
            len(documents[number][readings[number].sentences[at].span].split())
            for number, at in ranked
        ]
        chosen = sorted(ranked[: fitting(lengths, budget)])
        return tuple((number, readings[number].sentences[at].span) for number, at in chosen)

    def publish(self, findings: Findings, formats: Sequence[str]) -> Publication:
        """Compose findings for the template and render them.

        What is printed has been checked: every string in quotation marks in the HTML and in the
        PDF's text stands in a source.

        Raises:
            TemplateError: If the template is unknown or fails, or cannot fit its pages.
            VerificationError: If a quotation on the page stands in no source.
            RenderError: If the PDF cannot be made.
        """
        self._report("render", 0, len(formats))
        publication = self._print(publish, findings, formats)
        self._report("render", len(formats), len(formats))
        return publication

    def _print(self, work: Callable[..., Printed], *arguments: object) -> Printed:
        """Have the template do some work: here if it ships, else in a process with bounds."""
        edition = edition_of(self.settings)
        if is_shipped(edition.template):
            return work(edition, *arguments)
        # The child may have begun in another folder.
        edition = replace(edition, template=str(find(edition.template)))
        return self.confined.call(work, edition, *arguments)

    @cached_property
    def confined(self) -> Confined:
        """Where templates of others are rendered: they may hang, or be made to do harm."""
        from briefing.confined import Confined

        return Confined(what=f"template {self.settings.template}")

    def composed(self, findings: Findings) -> Brief:
        """What the template prints of `findings`, on the pages that it has.

        Raises:
            TemplateError: As `publish`.
        """
        return self._print(composed, findings)

    def ready(self, formats: Sequence[str]) -> None:
        """Load the template and what its formats need, so that no reading is done in vain.

        Raises:
            TemplateError: If the template is unknown, wrong, or lacks a format or the language.
            RenderError: If what the PDF needs is not installed.
        """
        self._print(ready, formats, self.settings.language)


def edition_of(settings: Settings) -> Edition:
    """What the settings say of printing."""
    return Edition(
        template=settings.template,
        page=settings.page,
        pages=settings.pages,
        handling=settings.handling,
        options=settings.options,
        mail=settings.mail,
        recipient=settings.recipient,
    )


def nothing_read(failures: tuple[SourceError, ...], notices: tuple[str, ...] = ()) -> SourceError:
    """One error for all sources that could not be read, or for `notices` of why none was."""
    if len(failures) == 1:
        return failures[0]
    if not failures:
        told = "".join(f"\n  {notice}" for notice in notices)
        return SourceError(f"the sources hold no documents:{told}", hint="Name files of text.")
    listed = "".join(f"\n  {failure.message}" for failure in failures)
    hints = dict.fromkeys(failure.hint for failure in failures if failure.hint)
    return SourceError(f"none of the sources could be read:{listed}", hint=" ".join(hints))


def of_section(found: Sequence[Finding], section: Section) -> tuple[Finding, ...]:
    """The findings of one section, in order."""
    return tuple(finding for finding in found if finding.draft.section == section)


def digests(found: Sequence[Finding], origins: Mapping[int, int]) -> tuple[Digest, ...]:
    """What each source says, with the sources that only repeat it.

    Args:
        found: Findings by source, best first within each.
        origins: For each document the one in which its words stood first.
    """
    of_source: dict[int, list[Finding]] = {}
    for finding in found:
        of_source.setdefault(finding.draft.document, []).append(finding)
    return tuple(
        Digest((number, *repeating(number, origins)), tuple(some))
        for number, some in of_source.items()
    )


def repeating(number: int, origins: Mapping[int, int]) -> list[int]:
    """The documents that only repeat document `number`."""
    return [other for other, first in sorted(origins.items()) if first == number != other]


def foreign(documents: Sequence[Document]) -> tuple[str, ...]:
    """Say which documents are in a language that the analyser was not made for."""
    return tuple(
        f"{document.name} is in another language than English ({document.language}): its"
        " statements were found by rules for English and need a reader's eye"
        for document in documents
        if document.language not in (None, LANGUAGE_READ)
    )
