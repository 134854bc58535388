"""L-BFGS-B of SciPy on problems with bounds, for TestAgainstSciPy.

    python3 reference.py > scipy.json
"""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import minimize


def rosenbrock(x):
    a, b = x[:-1], x[1:]
    g = np.zeros_like(x)
    g[:-1] = -400 * a * (b - a * a) - 2 * (1 - a)
    g[1:] += 200 * (b - a * a)
    return np.sum(100 * (b - a * a) ** 2 + (1 - a) ** 2), g


def booth(x):
    r, s = x[0] + 2 * x[1] - 7, 2 * x[0] + x[1] - 5
    return r * r + s * s, np.array([2 * r + 4 * s, 4 * r + 2 * s])


def himmelblau(x):
    r, s = x[0] ** 2 + x[1] - 11, x[0] + x[1] ** 2 - 7
    return r * r + s * s, np.array([4 * x[0] * r + 2 * s, 2 * r + 4 * x[1] * s])


def trid(x):
    g = 2 * (x - 1)
    g[1:] -= x[:-1]
    g[:-1] -= x[1:]
    return np.sum((x - 1) ** 2) - np.sum(x[1:] * x[:-1]), g


def zakharov(x):
    w = 0.5 * np.arange(1, len(x) + 1)
    s = w @ x
    return x @ x + s ** 2 + s ** 4, 2 * x + (2 * s + 4 * s ** 3) * w


def matyas(x):
    return 0.26 * (x @ x) - 0.48 * x[0] * x[1], np.array([0.52 * x[0] - 0.48 * x[1], 0.52 * x[1] - 0.48 * x[0]])


def sphere(x):
    return x @ x, 2 * x


none = None
PROBLEMS = [
    ("{name: rosenbrock}", rosenbrock, [-1.2, 1], [none, none], [0.5, none]),
    ("{name: rosenbrock}", rosenbrock, [-1.2, 1], [-2, 1.5], [2, 3]),
    ("{name: rosenbrock, dim: 10}", rosenbrock, [-1.2, 1] * 5, [-2] * 10, [0.8] * 10),
    ("{name: rosenbrock, dim: 25}", rosenbrock, [3.0] * 25, [1, -100] * 12 + [1], [100] * 25),
    ("{name: rosenbrock, dim: 10}", rosenbrock, [-1.2, 1] * 5, [none] * 10, [none] * 10),
    ("{name: booth}", booth, [0, 0], [-10, none], [0.5, 2]),
    ("{name: booth}", booth, [0, 0], [0, 0], [10, 10]),
    ("{name: himmelblau}", himmelblau, [0, 0], [-5, -5], [2.5, 1.5]),
    ("{name: himmelblau}", himmelblau, [-1, -1], [-3, none], [none, none]),
    ("{name: trid, dim: 6}", trid, [0.0] * 6, [-36] * 6, [5] * 6),
    ("{name: trid, dim: 10}", trid, [0.0] * 10, [0, none] * 5, [10] * 10),
    ("{name: zakharov, dim: 5}", zakharov, [1.0] * 5, [0.1, -1, -1, -1, -1], [5] * 5),
    ("{name: matyas}", matyas, [5.0, -3.0], [1, -5], [5, 5]),
    ("{name: sphere, dim: 8}", sphere, [3.0, -3.0] * 4, [1, -3] * 4, [3, -1] * 4),
]


def run(name, f, x0, lower, upper):
    r = minimize(f, np.array(x0, float), jac=True, method="L-BFGS-B", bounds=list(zip(lower, upper)),
                 options={"maxcor": 10, "ftol": 0, "gtol": 1e-7, "maxiter": 2000, "maxfun": 5000})
    return {"problem": name, "start": list(map(float, x0)), "lower": lower, "upper": upper, "value": float(r.fun),
            "x": r.x.tolist(), "iterations": int(r.nit), "evaluations": int(r.nfev)}


json.dump({"scipy": scipy.__version__, "runs": [run(*p) for p in PROBLEMS]}, sys.stdout, indent=1)
print()
