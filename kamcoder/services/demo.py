"""The sample study: built from the shipped files in the way a researcher would."""

from pathlib import Path

from kamcoder import paths
from kamcoder.services.codebook_files import read_guide, read_template
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.session import Session

PROJECT_NAME = "sample-study.kamcoder"
CODERS = ("Ann", "Ben")


def build_sample(folder: Path, *, progress: Progress = silent) -> Path:
    """Build the sample study as a project in `folder` and return its path; it must not exist yet.

    Imports the eleven invented interviews, the attribute sheets, the names of actors, both coders' codings and the
    written summaries.
    """
    source = paths.sample_interviews()
    path = folder / PROJECT_NAME
    book = read_template("kam")
    steps = 5
    with Session.create(path, name="Sample study", codes=book.codes, guide=read_guide(book.guide or "kam")) as session:
        progress(0, steps, "interviews")
        session.imports.commit(session.imports.preview([source / "transcripts"]))
        progress(1, steps, "cases")
        session.sheets.cases((source / "cases.csv").read_bytes(), name="cases.csv")
        session.sheets.participants((source / "participants.csv").read_bytes(), name="participants.csv")
        session.sheets.names((source / "names.csv").read_bytes(), name="names.csv")
        for done, coder in enumerate(CODERS, start=2):
            progress(done, steps, coder)
            name = f"codings-{coder.lower()}.csv"
            report = session.sheets.codings((source / name).read_bytes(), name=name, coder=coder)
            if report.problems:
                # The shipped files are ours: a row that does not fit is a fault of the release, not of the user.
                raise RuntimeError(f"{name}, row {report.problems[0].row}: {report.problems[0].error}")
        progress(4, steps, "summaries")
        session.sheets.summaries((source / "summaries.csv").read_bytes(), name="summaries.csv", coder=CODERS[0])
        progress(steps, steps, "")
    return path
