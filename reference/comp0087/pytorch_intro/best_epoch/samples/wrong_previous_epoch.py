# verdict: partial
# diagnosis: wrong_value
# about: compares each loss with the one before, not with the best
def best_epoch(dev_losses, patience):
    best, bad = 0, 0
    for i in range(1, len(dev_losses)):
        if dev_losses[i] < dev_losses[i - 1]:
            bad = 0
            if dev_losses[i] < dev_losses[best]:
                best = i
        else:
            bad += 1
            if bad >= patience:
                break
    return best
