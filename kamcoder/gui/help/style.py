"""How a page of the guide looks, in the roles of the theme."""

from kamcoder.gui.theme import Look

_SHEET = """
body, p, li, td { color: @text; }
p, li { line-height: 140%; }
p { margin-top: 0; margin-bottom: 10px; }
h1 { font-size: x-large; font-weight: 600; margin-top: 4px; margin-bottom: 14px; }
h2 { font-size: large; font-weight: 600; margin-top: 22px; margin-bottom: 8px; }
a { color: @accent; text-decoration: underline; }
.muted { color: @muted; }
.key { background-color: @hover; color: @text; font-weight: 600; }
code { background-color: @background; }
table { margin-bottom: 14px; }
pre { background-color: @background; margin-top: 4px; margin-bottom: 12px; }
td, th { padding: 5px 12px 5px 0px; border-bottom: 1px solid @hairline; }
th { color: @muted; font-weight: 600; text-align: left; }
"""


def page_sheet(look: Look) -> str:
    """Return the style sheet of a page's document."""
    sheet = _SHEET
    for role in sorted(look.roles, key=len, reverse=True):
        sheet = sheet.replace(f"@{role}", look[role].name())
    return sheet
