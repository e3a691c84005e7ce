# verdict: accepted
# about: weighted sums of the columns; arithmetic with truth values
def perceptron_predict(weights, data):
    scores = (data * weights).sum(dim=1)
    return 2 * scores.ge(0).type_as(data) - 1
