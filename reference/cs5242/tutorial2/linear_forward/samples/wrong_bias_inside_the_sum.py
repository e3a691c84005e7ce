# verdict: partial
# about: adds the bias to every product before the sum (right for one feature)
def linear_forward(x, w, b):
    return (x * w + b).sum(dim=1)
