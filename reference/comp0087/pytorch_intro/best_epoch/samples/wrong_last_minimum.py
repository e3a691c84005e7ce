# verdict: partial
# diagnosis: wrong_value
# about: stops rightly, but returns the last of equal losses
def best_epoch(dev_losses, patience):
    best = 0
    for i, loss in enumerate(dev_losses):
        if loss < dev_losses[best]:
            best = i
        elif i - best >= patience:
            break
    seen = dev_losses[: i + 1]
    return len(seen) - 1 - seen[::-1].index(min(seen))
