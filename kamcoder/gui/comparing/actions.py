"""Commands of the place where coders are compared."""

from kamcoder.gui.action_spec import ActionSpec

COMPARE_ACTIONS: tuple[ActionSpec, ...] = ()
