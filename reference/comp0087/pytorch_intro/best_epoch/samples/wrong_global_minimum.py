# verdict: partial
# diagnosis: wrong_value
# about: the lowest loss of all
def best_epoch(dev_losses, patience):
    return dev_losses.index(min(dev_losses))
