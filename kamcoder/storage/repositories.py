"""All repositories of one open project, by noun."""

from kamcoder.storage.actors import Actors
from kamcoder.storage.assignments import Assignments
from kamcoder.storage.cases import Cases
from kamcoder.storage.codes import Codes
from kamcoder.storage.codings import Coders, Codings
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.documents import Documents, Guide
from kamcoder.storage.lexicon import Lexicon
from kamcoder.storage.notes import Memos
from kamcoder.storage.project import AuditLog, Projects
from kamcoder.storage.saved_tables import SavedTables
from kamcoder.storage.settlements import Settlements
from kamcoder.storage.suggestions import Suggestions
from kamcoder.storage.summaries import Summaries


class Repositories:
    """The rows of a project as nouns; reading is free, writing needs the store's transaction."""

    def __init__(self, store: ProjectStore) -> None:
        self.projects = Projects(store)
        self.audit = AuditLog(store)
        self.guide = Guide(store)
        self.documents = Documents(store)
        self.assignments = Assignments(store)
        self.cases = Cases(store)
        self.codes = Codes(store)
        self.coders = Coders(store)
        self.codings = Codings(store)
        self.actors = Actors(store)
        self.memos = Memos(store)
        self.summaries = Summaries(store)
        self.settlements = Settlements(store)
        self.suggestions = Suggestions(store)
        self.lexicon = Lexicon(store)
        self.saved_tables = SavedTables(store)
