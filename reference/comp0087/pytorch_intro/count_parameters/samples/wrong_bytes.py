# verdict: partial
# about: the memory they take
def count_parameters(module):
    return sum(p.numel() * p.element_size() for p in module.parameters() if p.requires_grad)
