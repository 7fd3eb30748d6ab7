"""Commands of suggestions."""

from kamcoder.gui.action_spec import ActionSpec

SUGGESTION_ACTIONS: tuple[ActionSpec, ...] = ()
