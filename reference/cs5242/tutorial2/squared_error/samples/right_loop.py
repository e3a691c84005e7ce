# verdict: accepted
# about: adds up one sample after the other
def squared_error(w, b, x, y_true):
    loss = 0.0
    for row, target in zip(x, y_true, strict=True):
        loss = loss + ((row * w).sum() + b[0] - target) ** 2
    return loss
