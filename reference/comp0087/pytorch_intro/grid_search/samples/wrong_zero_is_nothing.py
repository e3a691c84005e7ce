# verdict: partial
# about: takes a value of 0 for none at all
import itertools
def grid_search(objective, grid):
    best, bv = None, None
    for values in itertools.product(*grid.values()):
        c = dict(zip(grid, values)); v = objective(**c)
        if not bv or v < bv: best, bv = c, v
    return best, bv
