# verdict: partial
# about: the condition is the wrong way round
def count_parameters(module):
    return sum(p.numel() for p in module.parameters() if not p.requires_grad)
