# verdict: partial
# about: remembers values of an earlier objective
import itertools
seen = {}
def grid_search(objective, grid):
    best, bv = None, float("inf")
    for values in itertools.product(*grid.values()):
        c = dict(zip(grid, values))
        k = tuple(map(repr, values))
        if k not in seen: seen[k] = objective(**c)
        v = seen[k]
        if v < bv: best, bv = c, v
    return best, bv
