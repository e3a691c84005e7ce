# verdict: partial
# diagnosis: wrong_value
# about: asks for progress of a thousandth at least
def best_epoch(dev_losses, patience, min_delta=1e-3):
    best, best_loss, bad = 0, float("inf"), 0
    for i, loss in enumerate(dev_losses):
        if loss < best_loss - min_delta:
            best, best_loss, bad = i, loss, 0
        else:
            bad += 1
            if bad >= patience:
                break
    return best
