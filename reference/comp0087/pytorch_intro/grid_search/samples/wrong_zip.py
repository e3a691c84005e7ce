# verdict: partial
# diagnosis: wrong_calls
# about: pairs the lists up instead of combining them
def grid_search(objective, grid):
    best, best_value = None, float("inf")
    for combo in zip(*grid.values()):
        config = dict(zip(grid, combo))
        value = objective(**config)
        if value < best_value:
            best, best_value = config, value
    return best, best_value
