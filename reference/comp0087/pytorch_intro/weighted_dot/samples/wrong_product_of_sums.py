# verdict: partial
# about: x·y times the sum of z (right for one entry)
def weighted_dot(x, y, z):
    return (x @ y) * z.sum()
