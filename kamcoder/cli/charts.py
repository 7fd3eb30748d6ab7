"""chart: pictures of what is coded."""

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kamcoder.analysis.measures import Measure
from kamcoder.cli.common import PATH, opened, project_argument
from kamcoder.cli.tables import chosen_definition
from kamcoder.services.charts import ChartDefinition, ChartKind, make_chart
from kamcoder.services.exporting import check_chart, write_chart
from kamcoder.services.files import write_output
from kamcoder.services.table_definition import TableAxis
from kamcoder.services.table_words import IN_WORDS

_ROWS = [axis.value for axis in TableAxis if axis not in (TableAxis.GROUPS, TableAxis.CODES)]
_COUNTS = [kind.value for kind in Measure if kind not in IN_WORDS]
# What the command for tables knows and this one leaves as it is.
_UNUSED: dict[str, Any] = {"actors": False, "columns_by": None, "group_by": None}


@click.command()
@project_argument
@click.option("--kind", type=click.Choice([kind.value for kind in ChartKind]), default="heat", show_default=True)
@click.option("--output", "-o", type=PATH, required=True, help="The file to write: .svg, .png or .pdf.")
@click.option("--rows", type=click.Choice(_ROWS), default="cases", show_default=True, help="What is set side by side.")
@click.option("--rows-by", metavar="ATTRIBUTE", help="Set the values of this attribute side by side.")
@click.option("--code", "codes", multiple=True, help="A code of the chart; the top of the codebook if left out.")
@click.option("--below", help="The codes are those below this one.")
@click.option("--level", type=click.IntRange(min=1), default=1, show_default=True, help="So many steps below.")
@click.option("--measure", type=click.Choice(_COUNTS), default="passages", show_default=True)
@click.option("--turns-apart", type=click.IntRange(min=0), help="Codes together: this near, instead of overlapping.")
@click.option("--coder", "coders", multiple=True, help="Count only this coder's codings.")
@click.option("--case", "cases", multiple=True, help="Only this case.")
@click.option("--document", "documents", multiple=True, help="Portraits: only this document.")
@click.option("--where", "wheres", nargs=2, multiple=True, metavar="ATTRIBUTE VALUE", help="Count only these.")
@click.option("--interviewers", is_flag=True, help="Count what is coded in interviewers' words too.")
@click.option("--hide-empty", is_flag=True, help="Leave out rows and columns in which nothing stands.")
@click.option("--saved", metavar="NAME", help="Draw the table saved under this name; other options change it.")
@click.pass_context
def chart(context: click.Context, /, project: Path, kind: str, output: Path, **options: Any) -> None:
    """Draw a chart of what is coded.

    'heat': rows × codes, shaded. 'codes': for each row (case, or value of --rows-by) a bar for each code. 'groups': for
    each code a bar for each row. 'together': which codes stand together. 'portrait': where in each interview which
    codes stand. Title, axes and counting rule stand on the picture.
    """
    check_chart(output)
    given = {name for name in options if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    with opened(project, read_only=True) as session:
        named = options.pop("documents")
        definition = ChartDefinition(
            kind=ChartKind(kind),
            table=chosen_definition(session, options | _UNUSED, given),
            document_ids=tuple(session.documents.find(name).id for name in named) or None,
        )
        drawn = make_chart(session, definition)
    write_output(output, write_chart(drawn, output))
    click.echo(f"Wrote {output}.")
