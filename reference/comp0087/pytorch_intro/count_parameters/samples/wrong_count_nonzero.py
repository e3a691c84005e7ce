# verdict: partial
# about: counts the numbers that differ from zero, and so misses parameters that start at zero
def count_parameters(module):
    return sum(int(p.count_nonzero()) for p in module.parameters() if p.requires_grad)
