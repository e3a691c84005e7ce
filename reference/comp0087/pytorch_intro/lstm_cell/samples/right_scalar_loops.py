# verdict: accepted
# about: Python loops over units and inputs, sigmoid and tanh from exponentials
import torch
def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    s = list(x_t) + list(h_prev)
    hs, cs = [], []
    for k in range(len(h_prev)):
        def pre(W, b):
            z = b[k]
            for j, v in enumerate(s):
                z = z + W[k, j] * v
            return z
        i = 1/(1+(-pre(W_i,b_i)).exp()); f = 1/(1+(-pre(W_f,b_f)).exp()); o = 1/(1+(-pre(W_o,b_o)).exp())
        z = pre(W_c,b_c)
        g = (z.exp()-(-z).exp())/(z.exp()+(-z).exp())
        c = f*c_prev[k]+i*g
        cs.append(c); hs.append(o*(1-2/(torch.exp(2*c)+1)))
    return torch.stack(hs), torch.stack(cs)
