# verdict: partial
# diagnosis: wrong_value
# about: goes back by the patience from the end, stopped or not
def best_epoch(dev_losses, patience):
    best_loss, bad = float("inf"), 0
    for i, loss in enumerate(dev_losses):
        if loss < best_loss:
            best_loss, bad = loss, 0
        else:
            bad += 1
        if bad == patience:
            break
    return max(0, i - patience)
