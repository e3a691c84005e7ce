# verdict: partial
# diagnosis: wrong_value
# about: assumes that no loss is above 1000
def best_epoch(dev_losses, patience):
    best, best_loss, bad = 0, 1000, 0
    for i, loss in enumerate(dev_losses):
        if loss < best_loss:
            best, best_loss, bad = i, loss, 0
        else:
            bad += 1
            if bad >= patience:
                return best
    return best
