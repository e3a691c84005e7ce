# verdict: accepted
# about: adds up one term after the other
def weighted_dot(a, b, c):
    total = 0
    for i in range(len(a)):
        total = total + a[i] * b[i] * c[i]
    return total
