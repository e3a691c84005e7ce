# verdict: partial
# diagnosis: wrong_value
# about: never starts counting afresh
def best_epoch(dev_losses, patience):
    best, best_loss, bad = 0, float("inf"), 0
    for i, loss in enumerate(dev_losses):
        if loss < best_loss:
            best, best_loss, bad = i, loss, bad
        else:
            bad += 1
            if bad >= patience:
                return best
    return best
