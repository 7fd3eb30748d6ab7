"""Which of the possible readings holds for a file: the form of its labels, and the labels that are speakers.

A form is taken only if it makes an interview of the file: labels that come again, voices that change, most words
inside turns, somebody who asks and somebody who does not only ask. So an article, a list or an interview guide stays
prose, and a colon in ordinary speech stays speech.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.transcript import ParagraphKind
from kamcoder.formats.speakers import labels, words
from kamcoder.formats.speakers.asking import asks
from kamcoder.formats.speakers.front_matter import particulars_end
from kamcoder.formats.speakers.gate import Stretch, is_interview, is_monologue
from kamcoder.formats.speakers.leads import Form, Lead, Line, find_leads
from kamcoder.formats.speakers.tables import table_leads
from kamcoder.formats.speakers.times import is_time, seconds
from kamcoder.formats.speakers.unlabelled import answers_without_label, dashes, questions_set_apart

# Forms in the order in which they are believed.
_ORDER = (Form.VOICE, Form.TABLE, Form.STAMPED, Form.COLON, Form.BRACKET, Form.BOLD, Form.TAB, Form.ALONE)
# Forms that may occur beside another one for the same speakers.
_BESIDE = frozenset((Form.STAMPED, Form.COLON, Form.BRACKET))
_SHORT_FILE = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """The leads that hold for a file, by position of their line; `front` lines stand above the interview."""

    form: Form
    leads: dict[int, Lead]
    front: int = 0
    unused: tuple[str, ...] = field(default=())


def choose_layout(lines: Sequence[Line]) -> Layout | None:
    """Return the layout of a transcript, or None if the lines are no interview."""
    found = [find_leads(line) for line in lines]
    by_form: dict[Form, dict[int, Lead]] = defaultdict(dict)
    for position, leads in enumerate(found):
        for lead in leads:
            by_form[lead.form][position] = lead
    by_form[Form.TABLE] = table_leads(lines)
    passing = list(_passing(lines, by_form))
    if not passing:
        return _without_labels(lines)
    most = max(len(layout.leads) for layout in passing)
    chosen = next(layout for layout in passing if 2 * len(layout.leads) >= most)
    return _with_other_forms(lines, chosen, found)


def _passing(lines: Sequence[Line], by_form: Mapping[Form, dict[int, Lead]]) -> Iterator[Layout]:
    for form in _ORDER:
        leads = by_form.get(form)
        if not leads:
            continue
        front = particulars_end(lines, leads) if form in (Form.COLON, Form.TAB) else 0
        held = _settle(lines, {position: lead for position, lead in leads.items() if position >= front}, form)
        if not held:
            continue
        layout = _judged(lines, Layout(form, held, front))
        if layout is not None:
            yield layout


def _judged(lines: Sequence[Line], layout: Layout) -> Layout | None:
    stretches = list(stretches_of(lines, layout.leads))
    if is_interview(stretches, layout.form, layout.leads, lines):
        return layout
    if len({lead.key for lead in layout.leads.values()}) == 1:
        answered = answers_without_label(lines, layout.leads)
        if answered and is_interview(list(stretches_of(lines, answered)), Form.QUESTIONS, answered, lines):
            return Layout(layout.form, answered, layout.front)
        if is_monologue(stretches, layout.form, layout.leads, lines):
            return layout
    return None


def _without_labels(lines: Sequence[Line]) -> Layout | None:
    for form, leads in ((Form.QUESTIONS, questions_set_apart(lines)), (Form.DASH, dashes(lines))):
        if leads and is_interview(list(stretches_of(lines, leads)), form, leads, lines):
            return Layout(form, leads)
    return None


def stretches_of(lines: Sequence[Line], leads: Mapping[int, Lead]) -> Iterator[Stretch]:
    """Yield what is said from each lead to the next."""
    starts = sorted(leads)
    for start, end in pairwise([*starts, len(lines)]):
        lead = leads[start]
        spoken = [lead.text, *(lines[position].text for position in range(start + 1, end))]
        count = len(lead.text.split()) + sum(lines[position].words for position in range(start + 1, end))
        yield Stretch(lead.key, lead.label, count, any(asks(text) for text in spoken))


# --- which labels are speakers ------------------------------------------------------------------------------------


def _settle(lines: Sequence[Line], leads: dict[int, Lead], form: Form) -> dict[int, Lead]:
    if form in (Form.VOICE, Form.TABLE):
        return leads
    leads = _of_one_look(_without_stray_numbers(_without_values_on_top(leads)))
    counts = Counter(lead.key for lead in leads.values())
    weak = {lead.key for lead in leads.values() if lead.weak}
    needed = max(5, len(leads) // 5)
    held = {key for key, count in counts.items() if count >= (needed if key in weak else 2)}
    seldom = {key for key in held if counts[key] < max(3, len(leads) // 10)}
    held -= _ordinary_words(lines, {key for key in seldom if _role(key) is None})
    held |= _plausible_singles(lines, leads, counts, held, weak)
    return {position: lead for position, lead in leads.items() if lead.key in held}


def _role(key: str) -> SpeakerRole | None:
    return labels.role_of(key)


def _without_values_on_top(leads: dict[int, Lead]) -> dict[int, Lead]:
    """Leave out "Interviewer: Jan Smit" above an interview that goes on with other labels."""
    counts = Counter(lead.key for lead in leads.values())
    first = next((position for position in sorted(leads) if counts[leads[position].key] > 2), 0)
    return {
        position: lead
        for position, lead in leads.items()
        if position >= first or counts[lead.key] > 1 or lead.text[-1:] in (".", "?", "!", "…") or len(lead.text) > 60
    }


def _without_stray_numbers(leads: dict[int, Lead]) -> dict[int, Lead]:
    """Leave out `Q4:` where it is a quarter or the like: the questions have another label, or it stands alone."""
    numbered = [position for position, lead in leads.items() if lead.number is not None]
    others = Counter(lead.key for lead in leads.values() if lead.number is None)
    asked_otherwise = any(_role(key) is SpeakerRole.INTERVIEWER and key != "q" and n > 1 for key, n in others.items())
    if not numbered or (len(numbered) * 4 >= len(leads) and not asked_otherwise):
        return leads
    return {position: lead for position, lead in leads.items() if lead.number is None}


def _of_one_look(leads: dict[int, Lead]) -> dict[int, Lead]:
    """Leave out labels that are not bold, timed or in capitals where nearly all of those that recur are."""
    counts = Counter(lead.key for lead in leads.values())
    for look in (_is_bold, _is_timed, _is_shouted):
        recurring = [lead for lead in leads.values() if counts[lead.key] > 1]
        fitting = {lead.key for lead in recurring if look(lead)}
        if recurring and sum(look(lead) for lead in recurring) >= 0.8 * len(recurring):
            leads = {position: lead for position, lead in leads.items() if look(lead) or lead.key in fitting}
    return leads


def _is_bold(lead: Lead) -> bool:
    return lead.bold


def _is_timed(lead: Lead) -> bool:
    return lead.time is not None


def _is_shouted(lead: Lead) -> bool:
    return labels.is_shouted(lead.label)


def _ordinary_words(lines: Sequence[Line], keys: set[str]) -> set[str]:
    """Return those of `keys` whose words all occur in lower case in the text, as those of names seldom do."""
    # Scripts without letter case (李明, אנה) do not tell names from words.
    cased = (key for key in keys if key.upper() != key and key.replace(" ", "").isalpha())
    wanted = {key: key.split() for key in cased}
    if not wanted:
        return set()
    seen = {word for line in lines for word in _LOWER.findall(line.text)} & set().union(*wanted.values())
    return {key for key, parts in wanted.items() if seen.issuperset(parts)}


_LOWER = re.compile(r"(?<!\w)[^\W\d_]+")


def _plausible_singles(
    lines: Sequence[Line], leads: Mapping[int, Lead], counts: Counter[str], held: set[str], weak: set[str]
) -> set[str]:
    """Return labels that occur once and are speakers all the same."""
    singles = {
        lead.key: lead
        for position, lead in leads.items()
        if counts[lead.key] == 1 and lead.key not in weak and lines[position].kind is not ParagraphKind.HEADING
    }
    if not singles:
        return set()
    stems = {_stem(key) for key in held if key[-1].isdecimal()}
    all_marked = len(held) > 1 and all(lead.bold or lead.time is not None for lead in leads.values())
    short = len(leads) <= _SHORT_FILE and (bool(held) or _asks_and_answers(singles))
    return {
        key
        for key, lead in singles.items()
        if all_marked
        or (short and lead.number is None)
        or (_stem(key) in stems and key[-1].isdecimal())
        or (len(key) > 2 and key in words.ROLE_NAMES)
    }


def _stem(key: str) -> str:
    return key.rstrip("0123456789")


def _asks_and_answers(singles: Mapping[str, Lead]) -> bool:
    return {SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE} <= {
        labels.role_of(lead.label) for lead in singles.values()
    }


# --- leads of another form ----------------------------------------------------------------------------------------


def _with_other_forms(lines: Sequence[Line], layout: Layout, found: Sequence[list[Lead]]) -> Layout:
    """Add the leads of other forms whose label is a speaker already, and headers that are a time alone."""
    keys = {lead.key for lead in layout.leads.values()}
    leads = dict(layout.leads)
    unused: dict[str, str] = {}
    for position in range(layout.front, len(lines)):
        if position in leads:
            continue
        for lead in found[position]:
            if lead.key in keys and lead.form in _BESIDE and (layout.form is not Form.STAMPED or lead.time is not None):
                leads[position] = lead
                break
            if lead.form is layout.form and not lead.weak:
                unused.setdefault(lead.key, lead.label)
        text = lines[position].text.strip()
        if layout.form is Form.STAMPED and is_time(text) and text[0].isdecimal():
            leads[position] = Lead(Form.STAMPED, "", "", "", seconds(text))
    return Layout(layout.form, leads, layout.front, tuple(unused.values()))
