"""How much of a file is read before it is refused."""

MOST_BYTES = 10 * 2**20
MOST_UNPACKED_BYTES = 100 * 2**20
BLOCK_BYTES = 64 * 2**10
MOST_PARTS = 1_000
MOST_TREE_BYTES = 4 * 2**20  # of a part that is not streamed: styles, the list of sheets
MOST_SHARED_TEXTS = 1_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 64
LAST_SHEET_ROW = 1_048_576  # Excel's own
MOST_UNITS = 1_000_000
LONGEST_SLIP_NUMBER = 40
LONGEST_VEHICLE = 80
LONGEST_BAY = 40
LONGEST_CELL = 200
