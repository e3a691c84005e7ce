# verdict: partial
# about: adds the sizes up instead of multiplying them
def count_parameters(module):
    return sum(sum(p.shape) for p in module.parameters() if p.requires_grad)
