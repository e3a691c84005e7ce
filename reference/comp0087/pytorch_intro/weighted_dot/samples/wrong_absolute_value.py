# verdict: partial
# diagnosis: sign
# about: the size of the product without its sign
def weighted_dot(x, y, z):
    return (x * y @ z).abs()
