"""Make the golden project file of the present schema anew; used while that schema is not released."""

import shutil
import tempfile
from pathlib import Path

from kamcoder.services.session import Session
from kamcoder.storage.schema import SCHEMA_VERSION
from tests.builders import small_study


def make() -> Path:
    target = Path(__file__).with_name(f"schema-{SCHEMA_VERSION}.kamcoder")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.kamcoder"
        with Session.create(path, name="Golden study") as session:
            small_study(session, Path(folder))
        shutil.copy(path, target)
    return target


if __name__ == "__main__":
    make()
