# verdict: partial
# about: leaves the biases out
def count_parameters(module):
    return sum(p.numel() for n, p in module.named_parameters() if p.requires_grad and "bias" not in n)
