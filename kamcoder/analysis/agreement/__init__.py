"""Agreement of coders: counting text by who marked it, and the figures made of these counts. NumPy, nothing else.

Text that is compared is laid end to end (`material`); a sweep or a look at units tells who marked what (`marks`);
sums per document or turn (`tallies`) go into closed formulas (`coefficients`) and resampling (`bootstrap`). Beside that
stand the passages behind the figures (`differences`), segment matching (`segments`), figures for several categories
(`nominal`), and the unitizing family for codes that exclude one another (`unitizing`).
"""
