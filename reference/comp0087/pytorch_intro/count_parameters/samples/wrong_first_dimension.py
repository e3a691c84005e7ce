# verdict: partial
# about: len of a matrix is its number of rows
def count_parameters(module):
    return sum(len(p) for p in module.parameters() if p.requires_grad)
