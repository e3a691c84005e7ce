# verdict: partial
# diagnosis: exception
# about: two nested loops, whatever the grid holds
def grid_search(objective, grid):
    (a, first), (b, second) = grid.items()
    best, best_value = None, float("inf")
    for x in first:
        for y in second:
            value = objective(**{a: x, b: y})
            if value < best_value:
                best, best_value = {a: x, b: y}, value
    return best, best_value
