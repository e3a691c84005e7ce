# verdict: partial
# about: calls backward inside, which frees the graph
def weighted_dot(x, y, z):
    r = (x * y) @ z
    r.backward()
    return r
