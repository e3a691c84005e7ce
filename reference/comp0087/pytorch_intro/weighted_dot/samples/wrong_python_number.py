# verdict: wrong_answer
# diagnosis: wrong_type
# about: .item() leaves a number without a graph
def weighted_dot(x, y, z):
    return (x * y @ z).item()
