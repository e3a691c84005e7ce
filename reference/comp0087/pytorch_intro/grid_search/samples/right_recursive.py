# verdict: accepted
# about: fixes one hyper-parameter after the other, the last one first
def grid_search(objective, grid):
    *others, name = grid
    results = []
    for value in reversed(grid[name]):
        if others:
            rest = {other: grid[other] for other in others}
            config, lowest = grid_search(lambda **kw: objective(**kw, **{name: value}), rest)
        else:
            config, lowest = {}, objective(**{name: value})
        results.append((lowest, {**config, name: value}))
    lowest, config = min(results, key=lambda pair: pair[0])
    return [config, lowest]
