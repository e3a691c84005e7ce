# verdict: accepted
# about: factors out the sum: two products
def shared_product(a, b, c, d):
    """f = (c + d) * e"""
    return (c + d) * (a * b)


print(shared_product(2.0, 3.0, 4.0, 5.0))
