"""Documents to hand out: a neutral paper of headings, text, quotes and tables, written as Word, HTML and Markdown."""
