# verdict: partial
# about: parameters and buffers
def count_parameters(module):
    trained = sum(p.numel() for p in module.parameters() if p.requires_grad)
    return trained + sum(b.numel() for b in module.buffers())
