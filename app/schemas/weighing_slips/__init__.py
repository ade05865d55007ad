"""Weighing-slip files as scrap yards export them. Law: a file is taken whole, or every fault in it is named.

archive             the zip around an .xlsx: what it really holds, before anything parses it
markup, sheet, shared_texts, sheet_cells, workbook   the .xlsx itself, streamed, by sheet row
comma_separated     a CSV in UTF-8 or CP932, by physical line
table               bytes to rows of text, whichever of the two it is
header              the columns, in any order
names               what the master data calls things, folded
cells, dates        one cell's text to a value, refused where in doubt and never rounded
row, slips          rows to the command RegisterScrap, and the faults of all rows at once
fingerprint         what a file says, whatever its encoding and order
limits              how much is read
reasons             the words for what is wrong
"""
