# verdict: accepted
# about: torch.cartesian_prod in float32
import torch
def grid_search(objective, grid):
    t = [torch.tensor(v) for v in grid.values()]
    p = torch.cartesian_prod(*t)
    if p.dim() == 1: p = p[:, None]
    p = [dict(zip(grid, row.tolist())) for row in p]
    s = torch.tensor([objective(**c) for c in p])
    return p[s.argmin()], s.min()
