# verdict: accepted
# about: evaluates in two threads
from concurrent.futures import ThreadPoolExecutor
import itertools
def grid_search(f, g):
    cs = [dict(zip(g, v)) for v in itertools.product(*g.values())]
    with ThreadPoolExecutor(2) as ex:
        vs = list(ex.map(lambda c: f(**c), cs))
    best = sorted(zip(vs, range(len(cs))))[0]
    return cs[best[1]], best[0]
