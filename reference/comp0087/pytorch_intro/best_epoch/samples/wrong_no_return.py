# verdict: partial
# diagnosis: none_returned
# about: returns only when training was stopped
def best_epoch(dev_losses, patience):
    best, bad = 0, 0
    for i in range(1, len(dev_losses)):
        if dev_losses[i] < dev_losses[best]:
            best, bad = i, 0
        else:
            bad += 1
            if bad == patience:
                return best
