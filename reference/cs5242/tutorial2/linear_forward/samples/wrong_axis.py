# verdict: partial
# diagnosis: wrong_axis
# about: sums over the samples: right only for one sample of one feature
def linear_forward(x, w, b):
    return (x * w).sum(dim=0) + b
