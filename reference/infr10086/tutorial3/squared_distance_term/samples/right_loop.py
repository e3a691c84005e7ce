# verdict: accepted
# about: two loops and Python's sum
def squared_distance_term(xs, m, v):
    total = 0
    for x in xs:
        total = total + sum((x[j] - m[j]) ** 2 for j in range(len(m)))
    return total / (2 * v * len(xs))
