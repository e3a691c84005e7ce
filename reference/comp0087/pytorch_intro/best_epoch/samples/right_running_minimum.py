# verdict: accepted
# about: a running minimum that has not moved for as long as the patience
from itertools import accumulate
def best_epoch(l, p):
    m = list(accumulate(l, min))
    for i in range(len(l)):
        if i >= p and m[i] == m[i-p]:
            return l.index(m[i])
    return l.index(m[-1])
