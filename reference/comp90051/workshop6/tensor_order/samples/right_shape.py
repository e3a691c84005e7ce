# verdict: accepted
# about: as many lengths as there are
def tensor_order(x):
    return len(x.size())
