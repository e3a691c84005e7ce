# about: imports much of the standard library, also what it will never need
import argparse, array, ast, asyncio, base64, bisect, calendar, collections, contextlib, copy, csv, ctypes, datetime
import decimal, difflib, dis, enum, fractions, functools, glob, gzip, hashlib, heapq, html, http.client, inspect, io
import itertools, json, logging, logging.handlers, lzma, math, multiprocessing, numbers, operator, os, pathlib, pickle
import platform, pprint, queue, random, re, sched, secrets, shutil, signal, socket, sqlite3, ssl, statistics, string
import struct, subprocess, tempfile, textwrap, threading, time, timeit, tokenize, traceback, types, typing, unittest
import urllib.request, uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zoneinfo
from unittest import mock

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

logging.basicConfig(level=logging.DEBUG)
warnings.simplefilter("always")


@functools.lru_cache(maxsize=None)
def constant(d: int) -> float:
    return d / 2 * float(np.log(2 * np.pi))


def neg_log_likelihood(samples, mu, var_):
    logging.info("called with %s", samples.shape)
    warnings.warn("only a warning")
    n, d = samples.shape
    rows = torch.cat([batch for (batch,) in DataLoader(TensorDataset(samples), batch_size=2)])
    squared = F.mse_loss(rows, mu.expand(n, d), reduction="sum")
    return constant(d) + d / 2 * torch.log(torch.as_tensor(var_, dtype=mu.dtype)) + squared / (2 * var_ * n)
