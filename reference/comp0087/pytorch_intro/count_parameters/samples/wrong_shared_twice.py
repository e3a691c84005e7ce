# verdict: partial
# about: shared parameters under each of their names
def count_parameters(module):
    return sum(p.numel() for _, p in module.named_parameters(remove_duplicate=False) if p.requires_grad)
