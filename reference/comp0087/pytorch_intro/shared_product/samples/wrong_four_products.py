# verdict: partial
# diagnosis: too_many_operations
# about: computes a·b twice
def shared_product(a, b, c, d):
    return c * a * b + d * a * b
