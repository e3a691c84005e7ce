# verdict: partial
# about: starts from the largest int as if no loss could be larger
import sys
def best_epoch(l, p):
    best = sys.maxsize; b = 0; w = 0
    for i, v in enumerate(l):
        if v < best: best = v; b = i; w = 0
        else:
            w += 1
            if w >= p: break
    return b
