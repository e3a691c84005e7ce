# verdict: accepted
# about: from the best epoch to the next one within reach
def best_epoch(dev_losses, patience):
    at = 0
    while True:
        ahead = [k for k in range(at + 1, min(at + 1 + patience, len(dev_losses))) if dev_losses[k] < dev_losses[at]]
        if not ahead:
            return at
        at = ahead[0]
