# verdict: partial
# about: computes in single precision and converts the result
def shared_product(a, b, c, d):
    e = a.float() * b.float()
    return (c.float() * e + d.float() * e).to(a.dtype)
