# verdict: partial
# about: single precision on the way
def linear_forward(x, w, b):
    return (x.float() @ w.float() + b.float()).to(x.dtype)
