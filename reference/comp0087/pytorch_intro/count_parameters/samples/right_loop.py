# verdict: accepted
# about: multiplies the sizes in a loop
def count_parameters(net):
    total = 0
    for name, p in net.named_parameters():
        print(name, p.size())
        if not p.requires_grad:
            continue
        n = 1
        for size in p.shape:
            n *= size
        total += n
    return total
