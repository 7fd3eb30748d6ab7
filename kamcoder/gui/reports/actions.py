"""Commands of the place of what is handed out."""

from kamcoder.gui.action_spec import ActionSpec

REPORT_ACTIONS: tuple[ActionSpec, ...] = ()
