"""What of the required documents was handed in, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from desk.rules.dossier import DocumentCount, Procedure, RequiredDocument


def as_asked(document: RequiredDocument) -> DocumentCount:
    """Return the count of `document` handed in exactly as the procedure asks."""
    many = max(document.originals, document.copies, 1)
    if document.form == "certified_copy":
        return DocumentCount(document.seq, certified_copy=many)
    if document.form in ("copy", "photo"):
        return DocumentCount(document.seq, copy=many)
    return DocumentCount(document.seq, original=max(document.originals, 1), copy=document.copies)


def handed_in(procedure: Procedure, counts: Iterable[DocumentCount] | None) -> tuple[DocumentCount, ...]:
    """Return `counts` in the order of the list; None means everything required was handed in as asked."""
    if counts is not None:
        return tuple(sorted(counts, key=lambda count: count.seq))
    return tuple(as_asked(document) for document in procedure.documents if document.required)


def missing(procedure: Procedure, counts: Iterable[DocumentCount]) -> tuple[RequiredDocument, ...]:
    """Return the required documents of which `counts` hold none."""
    there = {count.seq for count in counts if count.total}
    return tuple(one for one in procedure.documents if one.required and one.seq not in there)
