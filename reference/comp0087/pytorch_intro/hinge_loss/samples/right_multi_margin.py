# verdict: accepted
# about: torch's margin loss for two classes, of which the other one scores zero
import torch, torch.nn.functional as F
def hinge_loss(f, y):
    # two classes, scores (0, f) -> max(0, 1 - (x_y - x_other)); multi_margin divides by number of classes
    x = torch.stack([torch.zeros_like(f), f], 1)
    return 2 * F.multi_margin_loss(x, (y > 0).long(), reduction="none")
