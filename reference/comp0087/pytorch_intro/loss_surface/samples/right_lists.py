# verdict: accepted
# about: plain Python numbers in nested lists
def loss_surface(X, y, w1s, w2s):
    rows, targets = X.tolist(), y.tolist()

    def loss(w1, w2):
        return sum((w1 * a + w2 * b - t) ** 2 for (a, b), t in zip(rows, targets)) / len(rows)

    return [[loss(w1, w2) for w2 in w2s.tolist()] for w1 in w1s.tolist()]
