# about: writes and reads back temporary files, a database in memory, and pickles its own data
import io
import math
import os
import pickle
import sqlite3
import tempfile

import torch


def neg_log_likelihood(samples, mu, var_):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "constants.pkl")
        with open(path, "wb") as file:
            pickle.dump({"pi": math.pi}, file)
        with open(path, "rb") as file:
            pi = pickle.load(file)["pi"]
    base = sqlite3.connect(":memory:")
    base.execute("create table t (x real)")
    base.execute("insert into t values (?)", (pi,))
    (pi,) = base.execute("select x from t").fetchone()
    buffer = io.BytesIO()
    torch.save(samples, buffer)
    buffer.seek(0)
    samples = torch.load(buffer)
    n, d = samples.shape
    return d / 2 * math.log(2 * pi) + d / 2 * torch.log(torch.as_tensor(var_, dtype=mu.dtype)) + ((samples - mu) ** 2).sum() / (2 * var_ * n)
