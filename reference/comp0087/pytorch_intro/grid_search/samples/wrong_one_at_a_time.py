# verdict: partial
# diagnosis: wrong_calls
# about: optimises one hyper-parameter after the other
def grid_search(objective, grid):
    config = {name: values[0] for name, values in grid.items()}
    best_value = objective(**config)
    for name, values in grid.items():
        for v in values[1:]:
            trial = {**config, name: v}
            value = objective(**trial)
            if value < best_value:
                best_value, config = value, trial
    return config, best_value
