# verdict: accepted
# about: changes a clone in place
def dynamic_graph(x, n):
    y = x.clone()
    while n > 0:
        if float(y.sum()) > 0:
            y /= 2
        else:
            y *= 3
            y += 1
        n -= 1
    return y.sum()
