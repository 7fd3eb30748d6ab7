"""Writing memos on anything, and the journal of all memos."""
