#!/usr/bin/env python3
"""Writes published.json: values, gradients and Hessians of the catalogue's problems at random
points, from definitions written here as their sources print them.

    python3 published.py > published.json

Nothing of gdbench is used. Derivatives come from arithmetic on second-order Taylor expansions
(Griewank & Walther 2008, Evaluating Derivatives, chapter 13), so that a mistake in a derivative
written by hand cannot hide, and the points lie off the start, so that a mistake in a coefficient
cannot either. Only the standard library is needed. Sums that sources number from 1 are numbered
from 1 here: x[1] is the first variable.
"""
import json
import math
import random


class Jet:
    """A function's value, gradient and Hessian at a point."""

    def __init__(self, v, g, h):
        self.v, self.g, self.h = v, g, h

    @staticmethod
    def variables(at):
        n = len(at)
        return [Jet(a, [float(i == j) for j in range(n)], [[0.0] * n for _ in range(n)]) for i, a in enumerate(at)]

    def of(self, v, d, dd):
        """phi(self) for a function phi with value v and derivatives d, dd at self."""
        n = range(len(self.g))
        return Jet(v, [d * a for a in self.g],
                   [[d * self.h[i][j] + dd * self.g[i] * self.g[j] for j in n] for i in n])

    def __add__(self, o):
        if not isinstance(o, Jet):
            return Jet(self.v + o, self.g, self.h)
        return Jet(self.v + o.v, [a + b for a, b in zip(self.g, o.g)],
                   [[a + b for a, b in zip(r, s)] for r, s in zip(self.h, o.h)])

    def __mul__(self, o):
        if not isinstance(o, Jet):
            return self.of(self.v * o, o, 0.0)
        n = range(len(self.g))
        return Jet(self.v * o.v, [self.g[i] * o.v + self.v * o.g[i] for i in n],
                   [[self.h[i][j] * o.v + self.g[i] * o.g[j] + self.g[j] * o.g[i] + self.v * o.h[i][j] for j in n] for i in n])

    def __pow__(self, p):
        if isinstance(p, Jet):
            return exp(p * log(self))
        if p == int(p) and p >= 0:
            p = int(p)
            return self.of(self.v ** p, p * self.v ** (p - 1) if p > 0 else 0.0, p * (p - 1) * self.v ** (p - 2) if p > 1 else 0.0)
        return self.of(self.v ** p, p * self.v ** (p - 1), p * (p - 1) * self.v ** (p - 2))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, o):
        return self + -o

    def __rsub__(self, o):
        return -self + o

    def __truediv__(self, o):
        return self * (o ** -1.0 if isinstance(o, Jet) else 1.0 / o)

    def __rtruediv__(self, o):
        return self ** -1.0 * o


def value(a):
    return a.v if isinstance(a, Jet) else a


def lifted(phi):
    """phi gives value and two derivatives at a number; the result takes numbers and jets."""
    return lambda a: a.of(*phi(a.v)) if isinstance(a, Jet) else phi(a)[0]


exp = lifted(lambda v: (math.exp(v),) * 3)
log = lifted(lambda v: (math.log(v), 1 / v, -1 / v ** 2))
sin = lifted(lambda v: (math.sin(v), math.cos(v), -math.sin(v)))
cos = lifted(lambda v: (math.cos(v), -math.sin(v), -math.cos(v)))
tan = lifted(lambda v: (math.tan(v), 1 + math.tan(v) ** 2, 2 * math.tan(v) * (1 + math.tan(v) ** 2)))
atan = lifted(lambda v: (math.atan(v), 1 / (1 + v * v), -2 * v / (1 + v * v) ** 2))
tanh = lifted(lambda v: (math.tanh(v), 1 - math.tanh(v) ** 2, -2 * math.tanh(v) * (1 - math.tanh(v) ** 2)))
absolute = lifted(lambda v: (abs(v), math.copysign(1.0, v), 0.0))


def sqrt(a):
    return a ** 0.5


def sigmoid(a):
    return 1 / (1 + exp(-a))


def softplus(a):
    """log(1 + e^a), for arguments of moderate size."""
    return log(1 + exp(a))


def product(terms):
    out = 1.0
    for t in terms:
        out = t * out
    return out


def positive(a):
    return a if value(a) > 0 else 0.0 * a


DEFINITIONS = {}  # name: (definition of x[1..n] and parameters, [(parameters, center, spread), …])


def problem(name, *cases):
    def keep(define):
        DEFINITIONS[name] = (define, cases)
        return define
    return keep


def to(last, first=1):
    """The indices first, …, last, both included, as sources write sums."""
    return range(first, last + 1)


pi = math.pi
two, three, four = [0.0] * 2, [0.0] * 3, [0.0] * 4


# Quadratics

@problem("sphere", ({"dim": 3}, three, 3))
def _(x, n):
    return sum(x[i] ** 2 for i in to(n))


@problem("booth", ({}, two, 5))  # Jamil & Yang 2013, function 17
def _(x, n):
    return (x[1] + 2 * x[2] - 7) ** 2 + (2 * x[1] + x[2] - 5) ** 2


@problem("matyas", ({}, two, 5))  # Jamil & Yang 2013, function 71
def _(x, n):
    return 0.26 * (x[1] ** 2 + x[2] ** 2) - 0.48 * x[1] * x[2]


@problem("trid", ({"dim": 4}, four, 5))  # Jamil & Yang 2013, functions 150 and 151
def _(x, n):
    return sum((x[i] - 1) ** 2 for i in to(n)) - sum(x[i] * x[i - 1] for i in to(n, 2))


@problem("hilbert", ({"dim": 4}, four, 2))
def _(x, n):
    return 0.5 * sum((x[i] - 1) * (x[j] - 1) / (i + j - 1) for i in to(n) for j in to(n))


@problem("hilberta", ({"dim": 4}, four, 2))  # CUTEst HILBERTA (D = 0)
def _(x, n):
    return 0.5 * sum(x[i] * x[j] / (i + j - 1) for i in to(n) for j in to(n))


@problem("hilbertb", ({"dim": 4}, four, 2))  # CUTEst HILBERTB (D = 5)
def _(x, n):
    return sum(x[i] * x[j] / (i + j - 1) for i in to(n) for j in to(i - 1)) + sum(x[i] ** 2 * (0.5 / (2 * i - 1) + 5) for i in to(n))


def log_spaced(n, condition):
    return [condition ** (i / (n - 1)) for i in range(n)]


def reflected(x, n):
    """(I − 2vvᵀ/vᵀv)x for v = (1, …, n)."""
    along = 2 * sum(i * x[i] for i in to(n)) / sum(i * i for i in to(n))
    return [None] + [x[i] - i * along for i in to(n)]


@problem("quadratic", ({"dim": 4, "condition": 50}, four, 3), ({"dim": 4, "condition": 9, "rotated": True}, four, 3),
         ({"dim": 4, "condition": 7, "spectrum": "linear"}, four, 3), ({"matrix": [[2, 1], [1, 3]], "linear": [1, -2]}, two, 3))
def _(x, n, condition=100, rotated=False, spectrum="log", matrix=None, linear=None, dim=None):
    if matrix:
        return 0.5 * sum(matrix[i][j] * x[i + 1] * x[j + 1] for i in range(n) for j in range(n)) - sum(linear[i] * x[i + 1] for i in range(n))
    values = log_spaced(n, condition) if spectrum == "log" else [1 + (condition - 1) * i / (n - 1) for i in range(n)]
    y = reflected(x, n) if rotated else x
    return 0.5 * sum(values[i - 1] * y[i] ** 2 for i in to(n))


@problem("quad-rotated", ({"dim": 4, "condition": 30}, four, 3))
def _(x, n, condition):
    y = reflected([None] + [x[i] - 1 for i in to(n)], n)
    return 0.5 * sum(log_spaced(n, condition)[i - 1] * y[i] ** 2 for i in to(n))


@problem("nesterov-worst", ({"dim": 5}, [0.0] * 5, 2))  # Nesterov 2004, (2.1.6)
def _(x, n):
    return 0.25 * (0.5 * (x[1] ** 2 + sum((x[i] - x[i + 1]) ** 2 for i in to(n - 1)) + x[n] ** 2) - x[1])


@problem("nesterov-worst-sc", ({"dim": 4, "condition": 25, "mu": 0.2}, four, 2))  # Nesterov 2004, (2.1.13), cut off at n
def _(x, n, condition, mu):
    last = (math.sqrt(condition) + 3) / (math.sqrt(condition) + 1)
    form = 2 * sum(x[i] ** 2 for i in to(n - 1)) + last * x[n] ** 2 - 2 * sum(x[i] * x[i + 1] for i in to(n - 1))
    return mu * (condition - 1) / 8 * (form - 2 * x[1]) + mu / 2 * sum(x[i] ** 2 for i in to(n))


@problem("dixon3dq", ({"dim": 5}, [0.0] * 5, 2))  # CUTEst DIXON3DQ
def _(x, n):
    return (x[1] - 1) ** 2 + sum((x[i] - x[i + 1]) ** 2 for i in to(n - 1, 2)) + (x[n] - 1) ** 2


@problem("tridia", ({"dim": 4}, four, 2))  # CUTEst TRIDIA (alpha = 2, beta = gamma = delta = 1)
def _(x, n):
    return (x[1] - 1) ** 2 + sum(i * (2 * x[i] - x[i - 1]) ** 2 for i in to(n, 2))


@problem("linear-full-rank", ({"dim": 3}, three, 2))  # Moré, Garbow & Hillstrom 32, m = 2n
def _(x, n):
    m = 2 * n
    s = sum(x[j] for j in to(n))
    return sum((x[i] - 2 / m * s - 1) ** 2 for i in to(n)) + sum((-2 / m * s - 1) ** 2 for _ in to(m, n + 1))


@problem("linear-rank1", ({"dim": 3}, three, 2))  # Moré, Garbow & Hillstrom 33, m = 2n
def _(x, n):
    return sum((i * sum(j * x[j] for j in to(n)) - 1) ** 2 for i in to(2 * n))


@problem("linear-rank1-zero", ({"dim": 4}, four, 2))  # Moré, Garbow & Hillstrom 34, m = 2n
def _(x, n):
    m = 2 * n
    return 1 + 1 + sum(((i - 1) * sum(j * x[j] for j in to(n - 1, 2)) - 1) ** 2 for i in to(m - 1, 2))


def minstd(seed):
    """Park & Miller 1988, revised multiplier: uniform numbers; and sums of twelve, less six."""
    s = seed
    while True:
        total = -6.0
        for _ in range(12):
            s = 48271 * s % 2147483647
            total += s / 2147483647
        yield total


@problem("ls-rankdef", ({}, [0.0] * 7, 2))
def _(x, n):
    stream = minstd(7)
    a = [[next(stream) for _ in range(7)] for _ in range(4)]
    b = [next(stream) for _ in range(4)]
    return 0.5 * sum((sum(a[i][j] * x[j + 1] for j in range(7)) - b[i]) ** 2 for i in range(4))


# One variable, and small convex functions

def pieces(x, *parts):
    """The first part whose bound exceeds x."""
    return next(part for bound, part in parts if value(x) < bound)(x)


@problem("huber1d", ({}, [0.0], 0.04), ({"smoothness": 2, "slope": 0.5}, [0.0], 1))  # Drori & Teboulle 2014, section 3
def _(x, n, smoothness=1, slope=None, steps=10):
    s = slope or smoothness / (2 * steps + 1)
    return smoothness / 2 * x[1] ** 2 if abs(x[1].v) <= s / smoothness else s * absolute(x[1]) - s * s / (2 * smoothness)


@problem("huber-ridge1d", ({}, [0.0], 1))  # Taylor, Hendrickx & Glineur 2018
def _(x, n, L=1, mu=0.1, N=7):
    q = mu / L
    tau = q / ((q - 1) + (1 - q) ** (-2 * N))
    if abs(x[1].v) <= tau:
        return L / 2 * x[1] ** 2
    return mu / 2 * x[1] ** 2 + (L - mu) * tau * absolute(x[1]) - (L - mu) / 2 * tau ** 2


@problem("hb-counterexample", ({}, [1.5], 2))  # Lessard, Recht & Packard 2016, (4.11): the integral of its slope from 0
def _(x, n):
    return pieces(x[1], (1, lambda t: 12.5 * t ** 2), (2, lambda t: 0.5 * t ** 2 + 24 * t - 12), (math.inf, lambda t: 12.5 * t ** 2 - 24 * t + 36))


@problem("quartic1d", ({}, [0.0], 2))
def _(x, n):
    return x[1] ** 4 / 4


@problem("pl-sin", ({}, [0.0], 4))  # Karimi, Nutini & Schmidt 2016, figure 1
def _(x, n):
    return x[1] ** 2 + 3 * sin(x[1]) ** 2


@problem("zakharov", ({"dim": 3}, three, 3))  # Jamil & Yang 2013, function 173
def _(x, n):
    s = sum(0.5 * i * x[i] for i in to(n))
    return sum(x[i] ** 2 for i in to(n)) + s ** 2 + s ** 4


@problem("sum-powers", ({"dim": 3}, three, 2))  # Jamil & Yang 2013, function 93
def _(x, n):
    return sum(absolute(x[i]) ** (i + 1) for i in to(n))


@problem("logsumexp-bv", ({}, two, 1))  # Boyd & Vandenberghe 2004, (9.20)
def _(x, n):
    return exp(x[1] + 3 * x[2] - 0.1) + exp(x[1] - 3 * x[2] - 0.1) + exp(-x[1] - 0.1)


@problem("logsumexp-smooth", ({"rho": 0.7}, [0.0] * 5, 1))
def _(x, n, rho):
    stream = minstd(11)
    a = [[next(stream) for _ in range(5)] for _ in range(20)]
    b = [next(stream) for _ in range(20)]
    return rho * log(sum(exp((sum(a[i][j] * x[j + 1] for j in range(5)) - b[i]) / rho) for i in range(20)))


@problem("monkey-confined", ({}, two, 2))
def _(x, n):
    return x[1] ** 3 - 3 * x[1] * x[2] ** 2 + (x[1] ** 2 + x[2] ** 2) ** 2


@problem("double-well", ({"dim": 3}, three, 2))
def _(x, n):
    return sum((x[i] ** 2 - 1) ** 2 / 4 for i in to(n))


@problem("saddle-quartic", ({}, two, 2))  # Nesterov 2004, example 1.2.2
def _(x, n):
    return x[1] ** 2 / 2 + x[2] ** 4 / 4 - x[2] ** 2 / 2


@problem("xy-factor", ({}, two, 3))
def _(x, n):
    return (x[1] * x[2] - 1) ** 2 / 2


@problem("deep-linear", ({"depth": 3, "target": 2}, three, 2))
def _(x, n, depth, target):
    return 0.5 * (product(x[1:]) - target) ** 2


@problem("sigmoid-chain", ({"depth": 3, "target": 0.8}, three, 3))
def _(x, n, depth, target):
    h = 1.0
    for w in x[1:]:
        h = sigmoid(w * h)
    return 0.5 * (h - target) ** 2


@problem("sawtooth", ({"steps": 3, "step": 0.6}, [-1.4], 1.4))  # Abbaszadehpeivasti, de Klerk & Zamani 2022
def _(x, n, steps, step):
    """f(−t) − f(0) on [0, Nh + 1]: the slope falls from 1 by r over the first half of each tooth of
    width h and rises back over the second; after Nh it falls at rate 1 to zero."""
    t, h = -x[1], step
    whole = min(int(t.v / h), steps)
    r = t - whole * h
    behind = -whole * (h - h ** 2 / 4)  # of each tooth: h less a triangle of width h and height h/2
    if whole == steps or r.v <= h / 2:
        return behind - (r - r ** 2 / 2)
    return behind - (h - h ** 2 / 4) + (h - r) - (h - r) ** 2 / 2


# Two variables

@problem("himmelblau", ({}, two, 5))  # Himmelblau 1972
def _(x, n):
    return (x[1] ** 2 + x[2] - 11) ** 2 + (x[1] + x[2] ** 2 - 7) ** 2


@problem("branin", ({}, [2.5, 7.5], 6))  # Jamil & Yang 2013, function 22
def _(x, n):
    return (x[2] - 5.1 * x[1] ** 2 / (4 * pi ** 2) + 5 * x[1] / pi - 6) ** 2 + 10 * (1 - 1 / (8 * pi)) * cos(x[1]) + 10


@problem("six-hump-camel", ({}, two, 2))  # Jamil & Yang 2013, function 30
def _(x, n):
    return (4 - 2.1 * x[1] ** 2 + x[1] ** 4 / 3) * x[1] ** 2 + x[1] * x[2] + (4 * x[2] ** 2 - 4) * x[2] ** 2


@problem("three-hump-camel", ({}, two, 3))  # Jamil & Yang 2013, function 29
def _(x, n):
    return 2 * x[1] ** 2 - 1.05 * x[1] ** 4 + x[1] ** 6 / 6 + x[1] * x[2] + x[2] ** 2


@problem("mccormick", ({}, two, 3))  # Jamil & Yang 2013, function 72
def _(x, n):
    return sin(x[1] + x[2]) + (x[1] - x[2]) ** 2 - 1.5 * x[1] + 2.5 * x[2] + 1


@problem("goldstein-price", ({}, two, 2))  # Goldstein & Price 1971
def _(x, n):
    a, b = x[1], x[2]
    return (1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a ** 2 - 14 * b + 6 * a * b + 3 * b ** 2)) * \
        (30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a ** 2 + 48 * b - 36 * a * b + 27 * b ** 2))


@problem("cube", ({}, two, 2))  # Leon 1966; CUTEst CUBE
def _(x, n):
    return (x[1] - 1) ** 2 + 100 * (x[2] - x[1] ** 3) ** 2


@problem("brkmcc", ({}, two, 3))  # CUTEst BRKMCC
def _(x, n):
    return (x[1] - 2) ** 2 + (x[2] - 1) ** 2 + 1 / (1 - 0.25 * x[1] ** 2 - x[2] ** 2) / 25 + 5 * (x[1] - 2 * x[2] + 1) ** 2


@problem("denschna", ({}, two, 2))  # Dennis & Schnabel 1983; CUTEst DENSCHNA
def _(x, n):
    return x[1] ** 4 + (x[1] + x[2]) ** 2 + (exp(x[2]) - 1) ** 2


@problem("denschnb", ({}, two, 3))
def _(x, n):
    return (x[1] - 2) ** 2 + ((x[1] - 2) * x[2]) ** 2 + (x[2] + 1) ** 2


@problem("denschnc", ({}, two, 2))
def _(x, n):
    return (-2 + x[1] ** 2 + x[2] ** 2) ** 2 + (-2 + exp(x[1] - 1) + x[2] ** 3) ** 2


@problem("denschnd", ({}, three, 2))
def _(x, n):
    a, b, c = x[1:]
    return (a ** 2 + b ** 3 - c ** 4) ** 2 + (2 * a * b * c) ** 2 + (2 * a * b - 3 * b * c + a * c) ** 2


@problem("denschne", ({}, three, 2))
def _(x, n):
    return x[1] ** 2 + (x[2] + x[2] ** 2) ** 2 + (exp(x[3]) - 1) ** 2


@problem("denschnf", ({}, two, 3))
def _(x, n):
    return (2 * (x[1] + x[2]) ** 2 + (x[1] - x[2]) ** 2 - 8) ** 2 + (5 * x[1] ** 2 + (x[2] - 3) ** 2 - 9) ** 2


@problem("expfit", ({}, two, 2))  # CUTEst EXPFIT
def _(x, n):
    return sum((x[1] * exp(0.25 * i * x[2]) - 0.25 * i) ** 2 for i in to(10))


@problem("himmelbb", ({}, two, 1.5))  # CUTEst HIMMELBB
def _(x, n):
    a, b = x[1], x[2]
    return (a * b * (1 - a) * (1 - b - a * (1 - a) ** 5)) ** 2


@problem("himmelbf", ({}, [2.7, 90.0, 1500.0, 10.0], 3))  # CUTEst HIMMELBF
def _(x, n):
    a = [0.0, 0.000428, 0.001000, 0.001610, 0.002090, 0.003480, 0.005250]
    b = [7.391, 11.18, 16.44, 16.20, 22.20, 24.02, 31.32]
    return sum(1e4 * (-1 + (x[1] ** 2 + s * x[2] ** 2 + s ** 2 * x[3] ** 2) / (t * (1 + s * x[4] ** 2))) ** 2 for s, t in zip(a, b))


@problem("himmelbg", ({}, two, 2))
def _(x, n):
    return exp(-x[1] - x[2]) * (2 * x[1] ** 2 + 3 * x[2] ** 2)


@problem("himmelbh", ({}, two, 2))
def _(x, n):
    return x[1] ** 3 - 3 * x[1] + x[2] ** 2 - 2 * x[2] + 2


@problem("sineval", ({}, two, 3))  # CUTEst SINEVAL: c = 1e-3, its first group scaled by 1/c
def _(x, n):
    return 1e3 * (x[2] - sin(x[1])) ** 2 + 0.25 * x[1] ** 2


@problem("sisser", ({}, two, 2))  # CUTEst SISSER2
def _(x, n):
    return 3 * x[1] ** 4 - 2 * (x[1] * x[2]) ** 2 + 3 * x[2] ** 4


# Global optimization

@problem("styblinski-tang", ({"dim": 3}, three, 4))  # Jamil & Yang 2013, function 144
def _(x, n):
    return 0.5 * sum(x[i] ** 4 - 16 * x[i] ** 2 + 5 * x[i] for i in to(n))


@problem("rastrigin", ({"dim": 3}, three, 4))  # Rastrigin 1974; Mühlenbein, Schomisch & Born 1991
def _(x, n):
    return 10 * n + sum(x[i] ** 2 - 10 * cos(2 * pi * x[i]) for i in to(n))


@problem("ackley", ({"dim": 3}, three, 4))  # Jamil & Yang 2013, function 1
def _(x, n):
    return -20 * exp(-0.2 * sqrt(sum(x[i] ** 2 for i in to(n)) / n)) - exp(sum(cos(2 * pi * x[i]) for i in to(n)) / n) + 20 + math.e


@problem("griewank", ({"dim": 3}, three, 20))  # Griewank 1981
def _(x, n):
    return 1 + sum(x[i] ** 2 for i in to(n)) / 4000 - product(cos(x[i] / math.sqrt(i)) for i in to(n))


@problem("levy", ({"dim": 3}, three, 6))  # Levy & Montalvo 1985, in the form of Laguna & Martí 2005
def _(x, n):
    w = [None] + [1 + (x[i] - 1) / 4 for i in to(n)]
    return sin(pi * w[1]) ** 2 + sum((w[i] - 1) ** 2 * (1 + 10 * sin(pi * w[i] + 1) ** 2) for i in to(n - 1)) + \
        (w[n] - 1) ** 2 * (1 + sin(2 * pi * w[n]) ** 2)


@problem("schwefel", ({"dim": 3}, three, 400))  # Jamil & Yang 2013, function 128; the constant is the deepest minimum in a variable
def _(x, n):
    return 418.98288727243369 * n - sum(x[i] * sin(sqrt(absolute(x[i]))) for i in to(n))


@problem("dixon-price", ({"dim": 4}, four, 2))  # Jamil & Yang 2013, function 48
def _(x, n):
    return (x[1] - 1) ** 2 + sum(i * (2 * x[i] ** 2 - x[i - 1]) ** 2 for i in to(n, 2))


@problem("qing", ({"dim": 3}, three, 3))  # Jamil & Yang 2013, function 98
def _(x, n):
    return sum((x[i] ** 2 - i) ** 2 for i in to(n))


# Moré, Garbow & Hillstrom 1981, by number

@problem("rosenbrock", ({}, two, 2), ({"dim": 4}, four, 2))  # 1; chained: Toint 1978
def _(x, n):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in to(n - 1))


@problem("freudenstein-roth", ({}, two, 5), ({"dim": 3}, three, 4))  # 2; chained: CUTEst FREUROTH
def _(x, n):
    return sum((-13 + x[i] + ((5 - x[i + 1]) * x[i + 1] - 2) * x[i + 1]) ** 2 +
               (-29 + x[i] + ((x[i + 1] + 1) * x[i + 1] - 14) * x[i + 1]) ** 2 for i in to(n - 1))


@problem("powell-badly-scaled", ({}, [0.5, 1.0], 1))  # 3
def _(x, n):
    return (1e4 * x[1] * x[2] - 1) ** 2 + (exp(-x[1]) + exp(-x[2]) - 1.0001) ** 2


@problem("brown-badly-scaled", ({}, [100.0, 1.0], 100))  # 4
def _(x, n):
    return (x[1] - 1e6) ** 2 + (x[2] - 2e-6) ** 2 + (x[1] * x[2] - 2) ** 2


@problem("beale", ({}, two, 2))  # 5
def _(x, n):
    return sum((y - x[1] * (1 - x[2] ** i)) ** 2 for i, y in zip(to(3), (1.5, 2.25, 2.625)))


@problem("jennrich-sampson", ({}, two, 0.5))  # 6, m = 10
def _(x, n):
    return sum((2 + 2 * i - (exp(i * x[1]) + exp(i * x[2]))) ** 2 for i in to(10))


@problem("helical-valley", ({}, three, 2))  # 7
def _(x, n):
    theta = atan(x[2] / x[1]) / (2 * pi) + (0.5 if x[1].v < 0 else 0)
    return (10 * (x[3] - 10 * theta)) ** 2 + (10 * (sqrt(x[1] ** 2 + x[2] ** 2) - 1)) ** 2 + x[3] ** 2


@problem("bard", ({}, [1.0, 1.5, 1.5], 0.9))  # 8
def _(x, n):
    y = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39]
    return sum((y[i - 1] - (x[1] + i / ((16 - i) * x[2] + min(i, 16 - i) * x[3]))) ** 2 for i in to(15))


@problem("gaussian", ({}, [0.4, 1.0, 0.0], 0.5))  # 9
def _(x, n):
    y = [0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989]
    y += y[-2::-1]
    return sum((x[1] * exp(-x[2] * ((8 - i) / 2 - x[3]) ** 2 / 2) - y[i - 1]) ** 2 for i in to(15))


@problem("meyer", ({}, [0.01, 5000.0, 300.0], [0.01, 1000, 30]))  # 10
def _(x, n):
    y = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
    return sum((x[1] * exp(x[2] / (45 + 5 * i + x[3])) - y[i - 1]) ** 2 for i in to(16))


@problem("gulf", ({}, [5.0, 2.5, 0.3], [2, 2, 0.2]))  # 11, m = 99, with the correction of y_i: |y_i − x_2|
def _(x, n):
    return sum((exp(-absolute(25 + (-50 * math.log(i / 100)) ** (2 / 3) - x[2]) ** x[3] / x[1]) - i / 100) ** 2 for i in to(99))


@problem("box3d", ({}, [0.0, 5.0, 2.0], 5))  # 12, m = 10
def _(x, n):
    return sum((exp(-t * x[1]) - exp(-t * x[2]) - x[3] * (math.exp(-t) - math.exp(-10 * t))) ** 2 for t in (i / 10 for i in to(10)))


@problem("powell-singular", ({}, four, 2), ({"dim": 8}, [0.0] * 8, 2))  # 13; 22 extended
def _(x, n):
    return sum((x[i] + 10 * x[i + 1]) ** 2 + 5 * (x[i + 2] - x[i + 3]) ** 2 + (x[i + 1] - 2 * x[i + 2]) ** 4 +
               10 * (x[i] - x[i + 3]) ** 4 for i in range(1, n, 4))


@problem("wood", ({}, four, 2))  # 14
def _(x, n):
    return (10 * (x[2] - x[1] ** 2)) ** 2 + (1 - x[1]) ** 2 + 90 * (x[4] - x[3] ** 2) ** 2 + (1 - x[3]) ** 2 + \
        10 * (x[2] + x[4] - 2) ** 2 + (x[2] - x[4]) ** 2 / 10


@problem("kowalik-osborne", ({}, [0.3] * 4, 0.25))  # 15
def _(x, n):
    y = [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]
    u = [4, 2, 1, 0.5, 0.25, 0.1670, 0.1250, 0.1, 0.0833, 0.0714, 0.0625]
    return sum((b - x[1] * (a ** 2 + a * x[2]) / (a ** 2 + a * x[3] + x[4])) ** 2 for a, b in zip(u, y))


@problem("brown-dennis", ({}, [5.0, 5.0, -5.0, -1.0], 4))  # 16, m = 20
def _(x, n):
    return sum(((x[1] + t * x[2] - math.exp(t)) ** 2 + (x[3] + x[4] * math.sin(t) - math.cos(t)) ** 2) ** 2 for t in (i / 5 for i in to(20)))


@problem("osborne1", ({}, [0.5, 1.5, -1.0, 0.01, 0.02], [0.3, 0.5, 0.5, 0.005, 0.01]))  # 17
def _(x, n):
    y = [0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.580,
         0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406]
    return sum((y[i - 1] - (x[1] + x[2] * exp(-10 * (i - 1) * x[4]) + x[3] * exp(-10 * (i - 1) * x[5]))) ** 2 for i in to(33))


@problem("biggs-exp6", ({}, [1.0, 2.0, 1.0, 1.0, 1.0, 1.0], 2))  # 18, m = 13
def _(x, n):
    def f(i):
        t = i / 10
        y = math.exp(-t) - 5 * math.exp(-10 * t) + 3 * math.exp(-4 * t)
        return x[3] * exp(-t * x[1]) - x[4] * exp(-t * x[2]) + x[6] * exp(-t * x[5]) - y
    return sum(f(i) ** 2 for i in to(13))


@problem("osborne2", ({}, [1.3, 0.65, 0.65, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5], 0.5))  # 19
def _(x, n):
    y = [1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602,
         0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375,
         0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591,
         0.559, 0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054]

    def f(i):
        t = (i - 1) / 10
        return y[i - 1] - (x[1] * exp(-t * x[5]) + x[2] * exp(-(t - x[9]) ** 2 * x[6]) + x[3] * exp(-(t - x[10]) ** 2 * x[7]) +
                           x[4] * exp(-(t - x[11]) ** 2 * x[8]))
    return sum(f(i) ** 2 for i in to(65))


@problem("watson", ({"dim": 4}, four, 1), ({"dim": 6}, [0.0] * 6, 1))  # 20
def _(x, n):
    def f(i):
        t = i / 29
        return sum((j - 1) * x[j] * t ** (j - 2) for j in to(n, 2)) - sum(x[j] * t ** (j - 1) for j in to(n)) ** 2 - 1
    return sum(f(i) ** 2 for i in to(29)) + x[1] ** 2 + (x[2] - x[1] ** 2 - 1) ** 2


@problem("rosenbrock-ext", ({"dim": 4}, four, 2))  # 21
def _(x, n):
    return sum((10 * (x[2 * i] - x[2 * i - 1] ** 2)) ** 2 + (1 - x[2 * i - 1]) ** 2 for i in to(n // 2))


@problem("penalty1", ({"dim": 4}, four, 2))  # 23
def _(x, n):
    return sum(1e-5 * (x[i] - 1) ** 2 for i in to(n)) + (sum(x[j] ** 2 for j in to(n)) - 0.25) ** 2


@problem("penalty2", ({"dim": 4}, four, 2))  # 24
def _(x, n):
    a = 1e-5

    def y(i):
        return math.exp(i / 10) + math.exp((i - 1) / 10)
    return (x[1] - 0.2) ** 2 + sum(a * (exp(x[i] / 10) + exp(x[i - 1] / 10) - y(i)) ** 2 for i in to(n, 2)) + \
        sum(a * (exp(x[i - n + 1] / 10) - math.exp(-0.1)) ** 2 for i in range(n + 1, 2 * n)) + \
        (sum((n - j + 1) * x[j] ** 2 for j in to(n)) - 1) ** 2


@problem("variably-dim", ({"dim": 4}, four, 2))  # 25
def _(x, n):
    s = sum(j * (x[j] - 1) for j in to(n))
    return sum((x[i] - 1) ** 2 for i in to(n)) + s ** 2 + s ** 4


@problem("trigonometric", ({"dim": 4}, four, 3))  # 26
def _(x, n):
    return sum((n - sum(cos(x[j]) for j in to(n)) + i * (1 - cos(x[i])) - sin(x[i])) ** 2 for i in to(n))


@problem("trigon1", ({"dim": 4}, four, 3))  # CUTEst TRIGON1: the sine inside the bracket
def _(x, n):
    return sum((n - sum(cos(x[j]) for j in to(n)) + i * (1 - cos(x[i]) - sin(x[i]))) ** 2 for i in to(n))


@problem("brown-almost-linear", ({"dim": 4}, four, 2))  # 27
def _(x, n):
    s = sum(x[j] for j in to(n))
    return sum((x[i] + s - (n + 1)) ** 2 for i in to(n - 1)) + (product(x[1:]) - 1) ** 2


@problem("discrete-boundary-value", ({"dim": 4}, four, 1))  # 28
def _(x, n):
    h = 1 / (n + 1)

    def at(i):
        return x[i] if 1 <= i <= n else 0.0
    return sum((2 * x[i] - at(i - 1) - at(i + 1) + h ** 2 * (x[i] + i * h + 1) ** 3 / 2) ** 2 for i in to(n))


@problem("discrete-integral-equation", ({"dim": 4}, four, 1))  # 29
def _(x, n):
    h = 1 / (n + 1)

    def f(i):
        t = i * h
        return x[i] + h * ((1 - t) * sum(j * h * (x[j] + j * h + 1) ** 3 for j in to(i)) +
                           t * sum((1 - j * h) * (x[j] + j * h + 1) ** 3 for j in to(n, i + 1))) / 2
    return sum(f(i) ** 2 for i in to(n))


@problem("broyden-tridiagonal", ({"dim": 4}, four, 2))  # 30
def _(x, n):
    y = [0.0] + x[1:] + [0.0]
    return sum(((3 - 2 * y[i]) * y[i] - y[i - 1] - 2 * y[i + 1] + 1) ** 2 for i in to(n))


@problem("broyden-banded", ({"dim": 8}, [0.0] * 8, 2))  # 31
def _(x, n):
    return sum((x[i] * (2 + 5 * x[i] ** 2) + 1 - sum(x[j] * (1 + x[j]) for j in to(min(n, i + 1), max(1, i - 5)) if j != i)) ** 2 for i in to(n))


@problem("chebyquad", ({"dim": 4}, [0.5] * 4, 0.6), ({"dim": 5}, [0.5] * 5, 0.6))  # 35, m = n
def _(x, n):
    def t(i, z):
        before, now = 1.0, z
        for _ in range(i - 1):
            before, now = now, 2 * z * now - before
        return now

    def f(i):
        return sum(t(i, 2 * x[j] - 1) for j in to(n)) / n - (0 if i % 2 else -1 / (i ** 2 - 1))
    return sum(f(i) ** 2 for i in to(n))


# CUTEst, Gould, Orban & Toint 2015

@problem("arwhead", ({"dim": 4}, four, 2))
def _(x, n):
    return sum(-4 * x[i] + 3 for i in to(n - 1)) + sum((x[i] ** 2 + x[n] ** 2) ** 2 for i in to(n - 1))


@problem("bdqrtic", ({"dim": 6}, [0.0] * 6, 2))
def _(x, n):
    return sum((-4 * x[i] + 3) ** 2 + (x[i] ** 2 + 2 * x[i + 1] ** 2 + 3 * x[i + 2] ** 2 + 4 * x[i + 3] ** 2 + 5 * x[n] ** 2) ** 2 for i in to(n - 4))


ALPHA = [1.25, 1.40, 2.40, 1.40, 1.75, 1.20, 2.25, 1.20, 1.00, 1.10, 1.50, 1.60, 1.25, 1.25, 1.20, 1.20, 1.40, 0.50, 0.50, 1.25,
         1.80, 0.75, 1.25, 1.40, 1.60, 2.00, 1.00, 1.60, 1.25, 2.75, 1.25, 1.25, 1.25, 3.00, 1.50, 2.00, 1.25, 1.40, 1.80, 1.50,
         2.20, 1.40, 1.50, 1.25, 2.00, 1.50, 1.25, 1.40, 0.60, 1.50]  # Toint 1978


@problem("chnrosnb", ({"dim": 4}, four, 2), ({"dim": 25}, [0.0] * 25, 1))
def _(x, n):
    return sum(16 * ALPHA[i - 1] ** 2 * (x[i - 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2 for i in to(n, 2))


@problem("errinros", ({"dim": 4}, four, 2))
def _(x, n):
    return sum((x[i - 1] - 16 * ALPHA[i - 1] ** 2 * x[i] ** 2) ** 2 + (x[i] - 1) ** 2 for i in to(n, 2))


@problem("cosine", ({"dim": 4}, four, 3))
def _(x, n):
    return sum(cos(-0.5 * x[i + 1] + x[i] ** 2) for i in to(n - 1))


@problem("cragglvy", ({"dim": 6}, [0.5] * 6, 0.6))
def _(x, n):
    return sum((exp(x[2 * i - 1]) - x[2 * i]) ** 4 + 100 * (x[2 * i] - x[2 * i + 1]) ** 6 +
               (tan(x[2 * i + 1] - x[2 * i + 2]) + x[2 * i + 1] - x[2 * i + 2]) ** 4 + x[2 * i - 1] ** 8 + (x[2 * i + 2] - 1) ** 2
               for i in to(n // 2 - 1))


def dixmaan(beta, gamma, delta, k1, k2, k3, k4):
    """Dixon & Maany 1988, alpha = 1; beta is the weight of x_i²(x_{i+1} + x_{i+1}²)²."""
    def define(x, n):
        m = n // 3
        return 1 + sum(x[i] ** 2 * (i / n) ** k1 for i in to(n)) + \
            sum(beta * x[i] ** 2 * (x[i + 1] + x[i + 1] ** 2) ** 2 * (i / n) ** k2 for i in to(n - 1)) + \
            sum(gamma * x[i] ** 2 * x[i + m] ** 4 * (i / n) ** k3 for i in to(2 * m)) + \
            sum(delta * x[i] * x[i + 2 * m] * (i / n) ** k4 for i in to(m))
    return define


for row, (k1, k2, k3, k4) in zip(("abcd", "efgh", "ijkl", "mnop"), ((0, 0, 0, 0), (1, 0, 0, 1), (2, 0, 0, 2), (2, 1, 1, 2))):
    for letter, (beta, gamma) in zip(row, ((0, 0.125), (0.0625, 0.0625), (0.125, 0.125), (0.26, 0.26))):
        problem("dixmaan" + letter, ({"dim": 6}, [0.5] * 6, 2))(dixmaan(beta, gamma, gamma, k1, k2, k3, k4))


@problem("dqrtic", ({"dim": 4}, four, 3))
def _(x, n):
    return sum((x[i] - i) ** 4 for i in to(n))


@problem("edensch", ({"dim": 4}, four, 3))
def _(x, n):
    return 16 + sum((x[i] - 2) ** 4 + (x[i] * x[i + 1] - 2 * x[i + 1]) ** 2 + (x[i + 1] + 1) ** 2 for i in to(n - 1))


@problem("engval1", ({"dim": 4}, four, 2))
def _(x, n):
    return sum((x[i] ** 2 + x[i + 1] ** 2) ** 2 for i in to(n - 1)) + sum(-4 * x[i] + 3 for i in to(n - 1))


@problem("engval2", ({}, three, 2))
def _(x, n):
    a, b, c = x[1:]
    return (a ** 2 + b ** 2 + c ** 2 - 1) ** 2 + (a ** 2 + b ** 2 + (c - 2) ** 2 - 1) ** 2 + (a + b + c - 1) ** 2 + \
        (a + b - c + 1) ** 2 + (3 * b ** 2 + a ** 3 + (5 * c - a + 1) ** 2 - 36) ** 2


@problem("extrosnb", ({"dim": 4}, four, 2))
def _(x, n):
    return (x[1] - 1) ** 2 + sum(100 * (x[i] - x[i - 1] ** 2) ** 2 for i in to(n, 2))


@problem("fletchcr", ({"dim": 4}, four, 2))
def _(x, n):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in to(n - 1))


@problem("genrose", ({"dim": 4}, four, 2))
def _(x, n):
    return 1 + sum(100 * (x[i] - x[i - 1] ** 2) ** 2 + (x[i] - 1) ** 2 for i in to(n, 2))


@problem("liarwhd", ({"dim": 4}, four, 3))
def _(x, n):
    return sum(4 * (x[i] ** 2 - x[1]) ** 2 + (x[i] - 1) ** 2 for i in to(n))


@problem("nondia", ({"dim": 4}, four, 2))
def _(x, n):
    return (x[1] - 1) ** 2 + sum(100 * (x[1] - x[i - 1] ** 2) ** 2 for i in to(n, 2))


@problem("nondquar", ({"dim": 5}, [0.0] * 5, 2))
def _(x, n):
    return (x[1] - x[2]) ** 2 + sum((x[i] + x[i + 1] + x[n]) ** 4 for i in to(n - 2)) + (x[n - 1] - x[n]) ** 2


@problem("power", ({"dim": 4}, four, 2))
def _(x, n):
    return sum(i * x[i] ** 2 for i in to(n)) ** 2


@problem("schmvett", ({"dim": 5}, [2.0] * 5, 1))
def _(x, n):
    return sum(-1 / (1 + (x[i] - x[i + 1]) ** 2) - sin(0.5 * (pi * x[i + 1] + x[i + 2])) - exp(-((x[i] + x[i + 2]) / x[i + 1] - 2) ** 2)
               for i in to(n - 2))


@problem("sinquad", ({"dim": 5}, [0.0] * 5, 2))  # CUTEst SINQUAD2
def _(x, n):
    return (x[1] - 1) ** 4 + sum((sin(x[i] - x[n]) - x[1] ** 2 + x[i] ** 2) ** 2 for i in to(n - 1, 2)) + (x[n] ** 2 - x[1] ** 2) ** 2


@problem("tointgss", ({"dim": 5}, [0.0] * 5, 2))
def _(x, n):
    return sum((10 / (n - 2) + x[i + 2] ** 2) * (2 - exp(-(x[i] - x[i + 1]) ** 2 / (0.1 + x[i + 2] ** 2))) for i in to(n - 2))


@problem("tquartic", ({"dim": 4}, four, 2))
def _(x, n):
    return (x[1] - 1) ** 2 + sum((x[1] ** 2 - x[i] ** 2) ** 2 for i in to(n, 2))


@problem("strict-saddle-du", ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [0.0, 0.0, 0.0], 0.9),
         ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [1.5, 0.1, 0.2], [0.45, 0.5, 0.5]),
         ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [4.0, 0.1, 0.2], [1, 0.9, 0.9]),
         ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [3.5, 1.6, 0.2], [1, 0.3, 0.9]),
         ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [3.5, -4.6, 1.7], [1, 1, 0.2]),
         ({"dim": 3, "smoothness": 5, "gamma": 1.5, "tau": 1}, [3.5, 4.6, -4.7], 1))
def _(x, n, smoothness, gamma, tau):
    """Du et al. 2017, section 4 and appendix, mirrored in each variable."""
    L, y = smoothness, [None] + [absolute(v) for v in x[1:]]

    def g1(t):
        return -gamma * t ** 2 + (-14 * L + 10 * gamma) / (3 * tau) * (t - tau) ** 3 + (5 * L - 3 * gamma) / (2 * tau ** 2) * (t - tau) ** 4

    def g2(t):
        u = (t - 2 * tau) / tau
        return -gamma - 10 * (L + gamma) * u ** 3 - 15 * (L + gamma) * u ** 4 - 6 * (L + gamma) * u ** 5
    nu = -g1(2 * tau) + 4 * L * tau ** 2
    stage = next((i for i in to(n) if y[i].v <= 2 * tau), n + 1)
    past = sum(L * (y[j] - 4 * tau) ** 2 for j in to(stage - 1)) - (stage - 1) * nu
    if stage > n:
        return past
    if y[stage].v <= tau:
        return past - gamma * y[stage] ** 2 + sum(L * y[j] ** 2 for j in to(n, stage + 1))
    if stage == n:
        return past + g1(y[n])
    return past + g1(y[stage]) + g2(y[stage]) * y[stage + 1] ** 2 + sum(L * y[j] ** 2 for j in to(n, stage + 2))


# Losses, on the nine samples below with three features, unless data are named

ROWS = [[0.5, -1.2, 2.0], [1.5, 0.3, -0.7], [-0.4, 2.2, 0.1], [2.1, -0.6, -1.5], [-1.3, 0.9, 0.8],
        [0.2, 1.1, -2.3], [-2.0, -0.5, 1.2], [0.9, 1.7, 0.6], [-0.8, -1.9, -0.2]]
NUMBERS = [1.0, -0.5, 2.5, 9.0, 0.3, -1.1, 0.0, 3.2, -7.5]  # labels for regression, with two outliers
CLASSES = [0, 1, 2, 1, 0, 2, 1, 0, 2]
COUNTS = [0, 2, 1, 5, 0, 1, 3, 2, 0]


def file_of(labels):
    return {"name": "csv", "path": {"numbers": "published-numbers.csv", "classes": "published-classes.csv",
                                    "counts": "published-counts.csv"}[labels], "label": "label"}


def prepared(standardize, intercept):
    """The features of each sample, with the column of ones last."""
    rows = [list(r) for r in ROWS]
    if standardize:
        for j in range(3):
            column = [r[j] for r in rows]
            mean = sum(column) / len(rows)
            deviation = math.sqrt(sum((c - mean) ** 2 for c in column) / len(rows))
            for r in rows:
                r[j] = (r[j] - mean) / deviation
    return [r + [1.0] if intercept != "none" else r for r in rows]


def variants(labels, **more):
    """The cases of a loss: standardized with a penalized intercept, raw with a free one, raw without."""
    data = file_of(labels)
    return ({"data": data, "l2": 0.3, **more}, four, 1.5), ({"data": data, "l2": 0.2, "standardize": False, "intercept": "free", **more}, four, 1.5), \
        ({"data": data, "standardize": False, "intercept": "none", **more}, three, 1.5)


def linear_model(labels, loss):
    """(1/m) Σ loss(xᵢᵀw, yᵢ) + (l2/2)‖w‖², a free intercept without penalty."""
    y = {"numbers": NUMBERS, "counts": COUNTS, "signs": [1 if c == 1 else -1 for c in CLASSES]}[labels]

    def define(x, n, data=None, l2=0.0, standardize=True, intercept="penalized", positive=None, **parameters):
        rows, w = prepared(standardize, intercept), x[1:]
        total = sum(loss(sum(a * v for a, v in zip(r, w)), label, **parameters) for r, label in zip(rows, y)) * (1 / len(rows))
        return total + l2 / 2 * sum(v ** 2 for v in (w[:3] if intercept == "free" else w))
    return define


def huber(z, y, delta=1.0):
    r = z - y
    return r ** 2 / 2 if abs(r.v) <= delta else delta * absolute(r) - delta ** 2 / 2


def tukey(z, y, c=4.685):
    r = z - y
    return c ** 2 / 6 * (1 - (1 - (r / c) ** 2) ** 3) if abs(r.v) <= c else 0.0 * r + c ** 2 / 6


problem("least-squares", *variants("numbers"))(linear_model("numbers", lambda z, y: 0.5 * (z - y) ** 2))
problem("huber", *variants("numbers", delta=0.8))(linear_model("numbers", huber))
problem("student-t", *variants("numbers", nu=2))(linear_model("numbers", lambda z, y, nu: log(1 + (z - y) ** 2 / nu)))
problem("tukey", *variants("numbers", c=3))(linear_model("numbers", tukey))
problem("poisson", *variants("counts"))(linear_model("counts", lambda z, y: exp(z) - y * z))
problem("logistic", *variants("classes", positive="1"))(linear_model("signs", lambda z, y: softplus(-y * z)))
problem("squared-hinge", *variants("classes", positive="1"))(linear_model("signs", lambda z, y: 0.5 * positive(1 - y * z) ** 2))
problem("sigmoid-loss", *variants("classes", positive="1"))(linear_model("signs", lambda z, y: sigmoid(-y * z)))


@problem("lasso", ({"data": file_of("numbers"), "l1": 0.4, "l2": 0.3}, four, 1.5),
         ({"data": file_of("numbers"), "l1": 0.4, "standardize": False, "intercept": "free"}, four, 1.5))
def _(x, n, data, l1, l2=0.0, standardize=True, intercept="penalized"):
    """The smooth part and l1‖w‖₁."""
    smooth = linear_model("numbers", lambda z, y: 0.5 * (z - y) ** 2)(x, n, l2=l2, standardize=standardize, intercept=intercept)
    return smooth, l1 * sum(absolute(v) for v in (x[1:4] if intercept == "free" else x[1:]))


@problem("softmax", ({"data": file_of("classes"), "l2": 0.2}, [0.0] * 12, 1),
         ({"data": file_of("classes"), "l2": 0.2, "standardize": False, "intercept": "free"}, [0.0] * 12, 1))
def _(x, n, data, l2, standardize=True, intercept="penalized"):
    """W is d × 3 by rows, a row for each feature."""
    rows, w = prepared(standardize, intercept), x[1:]
    total = 0.0
    for r, label in zip(rows, CLASSES):
        z = [sum(r[j] * w[3 * j + k] for j in range(4)) for k in range(3)]
        total = log(sum(exp(s) for s in z)) - z[label] + total
    return total * (1 / len(rows)) + l2 / 2 * sum(v ** 2 for v in (w[:9] if intercept == "free" else w))


@problem("phase-retrieval", ({"data": file_of("numbers")}, three, 1.5))  # Candès, Li & Soltanolkotabi 2015
def _(x, n, data):
    return sum((sum(a * v for a, v in zip(r, x[1:])) ** 2 - y) ** 2 for r, y in zip(ROWS, NUMBERS)) * (1 / (4 * len(ROWS)))


@problem("matrix-factorization", ({"matrix": [[1, 2], [0.5, -1], [3, 0]], "rank": 1, "balance": 0.5}, [0.0] * 5, 1.5),
         ({"matrix": [[1, 2], [0.5, -1]], "rank": 2, "balance": 1}, [0.0] * 8, 1))
def _(x, n, matrix, rank, balance):
    """U by rows, then V by rows."""
    p, q = len(matrix), len(matrix[0])
    u = [[x[1 + i * rank + k] for k in range(rank)] for i in range(p)]
    v = [[x[1 + p * rank + j * rank + k] for k in range(rank)] for j in range(q)]
    fit = sum((sum(u[i][k] * v[j][k] for k in range(rank)) - matrix[i][j]) ** 2 for i in range(p) for j in range(q))
    gram = sum((sum(u[i][k] * u[i][l] for i in range(p)) - sum(v[j][k] * v[j][l] for j in range(q))) ** 2 for k in range(rank) for l in range(rank))
    return 0.5 * fit + balance / 8 * gram


SMOOTH = {"tanh": tanh, "sigmoid": sigmoid, "identity": lambda a: a}


@problem("mlp", ({"data": file_of("classes"), "widths": [2], "activation": "tanh", "l2": 0.1, "standardize": False}, [0.0] * 17, 0.8),
         ({"data": file_of("numbers"), "widths": [2, 2], "activation": "sigmoid", "loss": "squared", "standardize": True}, [0.0] * 17, 0.8))
def _(x, n, data, widths, activation, loss="cross-entropy", l2=0.0, standardize=True):
    """Layer by layer: the weights by rows, a row for each unit, then the biases."""
    rows = prepared(standardize, "none")
    outputs = 3 if loss == "cross-entropy" else 1
    total = 0.0
    for index, r in enumerate(rows):
        h, at = r, 1
        for layer, width in enumerate(widths + [outputs]):
            bias = at + width * len(h)
            z = [sum(x[at + u * len(h) + j] * h[j] for j in range(len(h))) + x[bias + u] for u in range(width)]
            at = bias + width
            h = z if layer == len(widths) else [SMOOTH[activation](a) for a in z]
        total = (log(sum(exp(s) for s in h)) - h[CLASSES[index]] if loss == "cross-entropy" else 0.5 * (h[0] - NUMBERS[index]) ** 2) + total
    return total * (1 / len(rows)) + l2 / 2 * sum(v ** 2 for v in x[1:])


# Losses with data of their own

def drawn():
    """A (30×4), Aw + 0.3e, and the signs of Aw and of Aw + 0.7e."""
    stream = minstd(3)
    a = [[next(stream) for _ in range(4)] for _ in range(30)]
    w = [next(stream) for _ in range(4)]
    e = [next(stream) for _ in range(30)]
    aw = [sum(p * q for p, q in zip(r, w)) for r in a]
    return a, [p + 0.3 * q for p, q in zip(aw, e)], [1 if p > 0 else -1 for p in aw], [1 if p + 0.7 * q > 0 else -1 for p, q in zip(aw, e)]


A, TARGETS, SIGNS, NOISY = drawn()


def fixed(labels, loss, l2=0.0):
    def define(x, n):
        return sum(loss(sum(p * v for p, v in zip(r, x[1:])), y) for r, y in zip(A, labels)) * (1 / 30) + l2 / 2 * sum(v ** 2 for v in x[1:])
    return define


problem("logreg-l2", ({}, four, 2))(fixed(NOISY, lambda z, y: softplus(-y * z), 0.05))
problem("logreg-separable", ({}, four, 2))(fixed(SIGNS, lambda z, y: softplus(-y * z)))
problem("sqhinge-l2", ({}, four, 2))(fixed(NOISY, lambda z, y: 0.5 * positive(1 - y * z) ** 2, 0.05))
problem("huber-reg", ({}, four, 2))(fixed([y + 8 if i % 7 == 0 else y for i, y in enumerate(TARGETS)], huber))


@problem("softmax-l2", ({}, [0.0] * 12, 1))
def _(x, n):
    def loss(r, c):
        z = [sum(r[j] * x[1 + 3 * j + k] for j in range(4)) for k in range(3)]
        return log(sum(exp(s) for s in z)) - z[c]
    return sum(loss(r, i % 3) for i, r in enumerate(A)) * (1 / 30) + 0.025 * sum(v ** 2 for v in x[1:])


def network(units, points):
    """Mean binary cross-entropy of oᵀtanh(Wx + b) + c, with 0.0005‖w‖²; W by rows, b, o, c."""
    def define(x, n):
        w, b, o = x[1:], x[1 + 2 * units:], x[1 + 3 * units:]
        total = 0.0
        for p, q, y in points:
            z = sum(o[u] * tanh(w[2 * u] * p + w[2 * u + 1] * q + b[u]) for u in range(units)) + x[n]
            total = softplus(-y * z) + total
        return total * (1 / len(points)) + 0.0005 * sum(v ** 2 for v in x[1:])
    return define


ANGLES = [pi * i / 19 for i in range(20)]
MOONS = [(math.cos(t), math.sin(t), -1) for t in ANGLES] + [(1 - math.cos(t), 0.5 - math.sin(t), 1) for t in ANGLES]
TURNS = [0.5 + 2.5 * pi * i / 19 for i in range(20)]
SPIRALS = [(s * t / 8 * math.cos(t), s * t / 8 * math.sin(t), -s) for s in (1, -1) for t in TURNS]
problem("mlp-moons", ({}, [0.0] * 25, 1))(network(6, MOONS))
problem("mlp-spirals", ({}, [0.0] * 33, 1))(network(8, SPIRALS))
problem("chebyquad6", ({}, [0.5] * 6, 0.6))(DEFINITIONS["chebyquad"][0])


def near(points, center, spread, stream):
    spread = spread if isinstance(spread, list) else [spread] * len(center)
    for _ in range(points):
        yield [float("%.4g" % (c + s * (2 * stream.random() - 1))) for c, s in zip(center, spread)]


def main():
    out = []
    for name, (define, cases) in DEFINITIONS.items():
        for parameters, center, spread in cases:
            n = len(center)
            keyed = {k: v for k, v in parameters.items() if k != "dim"}
            points = []
            for x in near(3 if n > 8 else 5, center, spread, random.Random(name + json.dumps(parameters))):
                f = define([None] + Jet.variables(x), n, **keyed)
                f, rest = f if isinstance(f, tuple) else (f, None)
                points.append({"x": x, **({"rest": rest.v} if rest else {}), "value": f.v, "gradient": f.g, "hessian": [f.h[i][j] for i in range(n) for j in range(i + 1)]})
            out.append({"problem": {"name": name, **parameters}, "points": points})
    print("[\n" + ",\n".join(json.dumps(o, separators=(",", ":")) for o in out) + "\n]")


if __name__ == "__main__":
    main()
