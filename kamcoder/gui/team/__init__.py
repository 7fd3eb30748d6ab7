"""Working in a team: who codes what, copies for coders, merging them back."""
