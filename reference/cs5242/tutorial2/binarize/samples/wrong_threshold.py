# verdict: partial
# about: takes small numbers for zero
def binarize(y): return (y > 1e-6).float()
