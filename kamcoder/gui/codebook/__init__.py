"""The codebook: its tree, and the palette that applies a code by typing."""
