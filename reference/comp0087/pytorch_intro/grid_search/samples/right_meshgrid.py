# verdict: accepted
# about: np.meshgrid and argmin
import numpy as np


def grid_search(objective, grid):
    axes = np.meshgrid(*grid.values())
    points = np.stack([axis.ravel() for axis in axes], axis=1)
    values = np.array([objective(**dict(zip(grid, point))) for point in points])
    k = values.argmin()
    return dict(zip(grid, points[k])), values[k]
