# verdict: partial
# about: the mean of the products (right for one entry)
def weighted_dot(x, y, z):
    return (x * y * z).mean()
