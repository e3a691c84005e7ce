# verdict: partial
# about: everything that is saved: buffers, frozen ones, shared ones twice
def count_parameters(module):
    return sum(t.numel() for t in module.state_dict().values())
