"""Computes the p-values of `gdbench gate` again from the files of two runs.

usage: gate.py BASE NEW VERDICT.json

The verdict is that of `gate --metric success --metric evaluations` on a suite whose targets are
relative gaps and which has no rules of its own. Prints each p-value that differs, by more than 1e-9
where all patterns of signs are tried and by more than their error where they are drawn, and each
tested row that only one of the two has; then it ends with 1.
"""
import json
import math
import sys
from collections import defaultdict

import numpy as np

DELTA = 0.05  # tolerated loss
STEADINESS = 0.01  # added to standard errors
EVENLY = 1.25  # readings of a cost that lie no further apart agree
GREATEST = 10  # ratio of costs that are read between the points of a run
LEVELS = 0.015, 0.015, 0.02  # of the suite, the methods, the cells
EXACT = 14  # blocks up to which all patterns of signs are tried


def records(folder):
    cells = defaultdict(dict)
    for line in open(folder + "/runs.jsonl"):
        r = json.loads(line)
        cells[r["labels"]["method"], r["labels"]["problem"]][r["repeat"]] = r
    return cells


def number(v):
    return math.nan if v is None else float(v)


def count(counts):
    return float(counts.get("evaluations", 0) or 0)


def floor(r):
    m = r.get("minimum")
    if not m or m.get("value") is None:
        return math.nan
    v = float(m["value"])
    return max(float(m.get("accuracy") or 0), 64 * 2.0**-52 * abs(v))


def gap(r, at):
    f = floor(r)
    p = r.get(at) or {}
    if math.isnan(f):
        g = number(p.get("gradient_norm"))
    else:
        g = number(p.get("gap"))
    if at == "final":
        g = math.inf if math.isnan(g) else g
        return g if math.isnan(f) else max(f, g)
    return g


LOST = "diverged", "failed", "skipped"


class Cell:
    """A cell in the repeats that both runs have."""

    def __init__(self, method, problem, base, new):
        self.name, self.problem = (method, problem), problem
        self.repeats = sorted(set(base) & set(new))
        self.base, self.new = [base[k] for k in self.repeats], [new[k] for k in self.repeats]
        self.component = self.new[0]["method"]["name"]
        self.goal = self.finest()

    def finest(self):
        sets = [{t["target"] for t in r["targets"] if not t.get("kind") and not t.get("message")}
                for r in self.base + self.new if r["targets"]]
        common = set.intersection(*sets) if sets else set()
        return min(common) if common else None

    @staticmethod
    def hit(r, goal):
        if goal is None:
            return r if r["status"] == "converged" else None
        for t in r["targets"]:
            if t["target"] == goal and not t.get("kind") and t["iteration"] is not None:
                return t
        return None

    def ending(self, r):
        if self.hit(r, self.goal):
            return 2
        return 0 if r["status"] in LOST else 1

    # What a run that missed its target costs.
    def price(self, most):
        runs = self.base + self.new
        top = max(count(r["counts"]) for r in runs)
        return top if any(r["status"] == "budget" for r in runs) else max(top, most[self.problem])

    # What a run had spent when it met a goal: more than at the check before, and this at most.
    def spent(self, r, goal):
        t = self.hit(r, goal)
        if goal is None:
            c = count(r["counts"])
            return c, c
        high = count(t)
        since, k = t.get("since"), t["iteration"]
        if since is None or k <= 0 or since + 1 >= k:
            return high, high
        return high * (since + 1) / k, high

    # 1 where a run ended worse than its partner, −1 where better. A target met in the last part of the
    # budget, as large as the tolerance, counts as missed.
    def loss(self, before, after, tolerated):
        b, a = self.ending(before), self.ending(after)
        if b == 2 and self.spent(before, self.goal)[1] * (1 + tolerated) > self.allowed(before, after):
            b = 1
        return (a < b) - (a > b)

    def allowed(self, before, after):
        if after["status"] == "budget" and not self.hit(after, self.goal):
            return count(after["counts"])
        met = [count(r["counts"]) for r in self.base + self.new if r["status"] == "budget"]
        return max(met + [count(before["counts"])]) if met else math.inf

    # What the two runs of a pair cost; None where there is nothing to compare.
    def work(self, b, n, price, goal):
        sb, sn = self.hit(b, goal), self.hit(n, goal)
        if sb and sn:
            if goal is None and (elsewhere(b, n) or elsewhere(n, b)):
                return after_giving_up(b, n, price)
            return self.spent(b, goal), self.spent(n, goal)
        if sn:
            w = self.work(n, b, price, goal)
            return w and (w[1], w[0])
        if sb:
            had = self.spent(b, goal)
            miss = max(price, count(n["counts"]), had[1])
            if n["status"] in LOST:
                return had, (miss, miss)
            w = to_final(b, n)
            if w and w[1][0] / w[0][1] > miss / had[0]:
                return w
            return had, (miss, miss)
        if b["status"] in LOST or n["status"] in LOST:
            return None
        if gave_up(b, n) or gave_up(n, b):
            w = after_giving_up(b, n, price)
            if w:
                return w
        elif b["status"] == n["status"] == "converged":
            return (count(b["counts"]),) * 2, (count(n["counts"]),) * 2
        else:
            w = to_final(b, n)
            if w and all(s[1] <= EVENLY * s[0] for s in w):
                return w
        coarser = [t["target"] for r in (b, n) for t in r["targets"] if not t.get("kind") and t["iteration"] is not None]
        if goal is None or not coarser:
            return None
        return self.work(b, n, price, min(coarser))

    def works(self, most):
        price = self.price(most)
        out = {}
        for k, b, n in zip(self.repeats, self.base, self.new):
            w = self.work(b, n, price, self.goal)
            if w and (w[0][1] > 0 or w[1][1] > 0):
                out[k] = w
        return out


def cost_of(r, level):
    """Two readings of what a run had spent when it came down to a level, None where its start is unknown."""
    end = gap(r, "final")
    points = [(0.0, gap(r, "start"))]
    if math.isnan(points[0][1]):
        return None
    f = floor(r)
    for t in r["targets"]:
        if t["iteration"] is None or t.get("message"):
            continue
        kind, g = t.get("kind"), math.nan
        if not kind and not math.isnan(f):
            g = t["target"] * points[0][1]
        if g > end:
            points.append((count(t), g))
    total = count(r["counts"])
    points.append((total, end))
    points.sort(key=lambda p: p[0])
    kept = points[:1]
    for p in points[1:]:
        if p[1] < kept[-1][1]:
            if p[0] == kept[-1][0] and len(kept) > 1:
                kept.pop()
            kept.append(p)
    at = next((i for i, p in enumerate(kept) if p[1] <= level), None)
    if at is None:
        return total, total
    if at == 0:
        return (total, total) if end >= level else (0.0, 0.0)
    (c0, g0), (c1, g1) = kept[at - 1], kept[at]
    even = c0 + math.log(g0 / level) / math.log(g0 / g1) * (c1 - c0)
    if at == 1:
        return even, even
    cp, gp = kept[at - 2]
    on = min(c0 + math.log(g0 / level) / (math.log(gp / g0) / (c0 - cp)), total)
    return min(even, on), max(even, on)


def to_final(b, n):
    """What two runs had spent when they came down to the larger of their final gaps."""
    if math.isnan(floor(b)) != math.isnan(floor(n)):
        return None
    level = max(gap(b, "final"), gap(n, "final"))
    x, y = cost_of(b, level), cost_of(n, level)
    if x is None or y is None:
        return None
    bound = lambda s, by: tuple(max(v, by / GREATEST) for v in s)
    return bound(x, y[1]), bound(y, x[1])


def gave_up(r, other):
    """Whether a run ended by itself far above the end of another."""
    known = not math.isnan(floor(r)) and not math.isnan(floor(other))
    itself = r["status"] == "stalled" or r["status"] == "converged" and known
    return itself and gap(r, "final") > GREATEST * gap(other, "final")


def elsewhere(r, other):
    return gave_up(r, other) and gap(r, "final") > 0.01 * gap(r, "start")


def after_giving_up(b, n, price):
    """The costs at the end of the run that gave up, which has spent all that it was allowed."""
    w = to_final(b, n)
    if not w:
        return None
    x, y = w
    if gave_up(n, b):
        y = (max(price, count(n["counts"]), x[1]),) * 2
    else:
        x = (max(price, count(b["counts"]), y[1]),) * 2
    bound = lambda s, by: tuple(max(v, by / GREATEST) for v in s)
    x = bound(x, y[1])
    return x, bound(y, x[1])


def bias(step, deviation):
    """What a mean may owe to the intervals of checks (Widrow & Kollár 2008, Quantization Noise)."""
    if not step > 0:
        return 0.0
    variance = max(0.0, deviation**2 - step**2 / 4) if not math.isnan(deviation) else 0.0
    return step / 2 * math.exp(-2 * math.pi**2 * variance / step**2)


def beyond(v, allowed):
    d = v - allowed
    return d if abs(d) >= 1e-12 else 0.0


def statistic(sums, squares, n):
    mean = sums / n
    if n < 2:
        return mean / STEADINESS
    var = np.maximum(0, squares - sums * mean) / (n - 1)
    return mean / (np.sqrt(var / n) + STEADINESS)


def max_t(samples, signs, level):
    """Step-down p-values of samples {block: value}; signs[block] has ±1 by pattern."""
    able = {k: s for k, s in samples.items() if 0.5 ** sum(v != 0 for v in s.values()) <= level}
    under = {}
    for k, s in samples.items():
        sums = sum(v * signs[b] for b, v in s.items())
        under[k] = statistic(sums, sum(v * v for v in s.values()), len(s))
    p = {}
    at_least = lambda largest, t: np.mean(largest >= t - 1e-12 * abs(t))
    for k in samples.keys() - able.keys():
        p[k] = at_least(under[k], under[k][0])
    order = sorted(able, key=lambda k: under[k][0])
    largest = None
    for k in order:
        largest = under[k] if largest is None else np.maximum(largest, under[k])
        p[k] = at_least(largest, under[k][0])
    least = 0.0
    for k in reversed(order):
        least = p[k] = max(least, p[k])
    return p


def signs_of(blocks):
    names = sorted(blocks)
    if len(names) <= EXACT:
        patterns = np.arange(2 ** len(names))
        return {b: 1 - 2 * (patterns >> i & 1) for i, b in enumerate(names)}
    rng = np.random.default_rng(1)
    return {b: np.concatenate([[1], 1 - 2 * rng.integers(0, 2, 2**EXACT - 1)]) for b in names}


def log_of(s):
    if s[1] == 0:
        return 0.0  # nothing counts as one
    return (math.log(s[0]) + math.log(s[1])) / 2


def gather(base, new):
    """The random cells, their margins by block, which of them differ, and the signs."""
    b, n = records(base), records(new)
    cells = [Cell(m, p, b[m, p], n[m, p]) for m, p in n if (m, p) in b]
    cells = [c for c in cells if not c.base[0].get("deterministic") and not (c.base[0]["status"] == c.new[0]["status"] == "skipped")]
    most = defaultdict(float)
    for side in (b, n):
        for (m, p), runs in side.items():
            for r in runs.values():
                most[p] = max(most[p], count(r["counts"]))
    rows = {}  # (metric, method, problem): {block: value}
    blocks, differs = set(), {}
    for c in cells:
        wins = {}
        diff = False
        for k, x, y in zip(c.repeats, c.base, c.new):
            wins[c.problem, k] = (c.loss(x, y, DELTA), c.loss(y, x, DELTA))
            diff = diff or c.ending(x) != c.ending(y)
        rows["success", c] = wins
        differs["success", c] = diff
        works = c.works(most)
        if works:
            logs = [log_of(w[1]) - log_of(w[0]) for w in works.values()]
            coarse = 0.0
            for side in (0, 1):
                width = np.mean([math.log(w[side][1] / w[side][0]) if w[side][1] else 0.0 for w in works.values()])
                values = [log_of(w[side]) for w in works.values()]
                coarse += bias(width, np.std(values, ddof=1) if len(values) > 1 else math.nan)
            allowed = math.log(1 + DELTA) + coarse
            rows["evaluations", c] = {(c.problem, k): (beyond(l, allowed), beyond(-l, allowed)) for k, l in zip(works, logs)}
            differs["evaluations", c] = any(w[0] != w[1] for w in works.values())
        for key in (("success", c), ("evaluations", c)):
            blocks |= set(rows.get(key, {}))
    signs = signs_of(blocks)
    return cells, rows, differs, signs


def levels(cells, rows, differs):
    """Of the suite, the methods and the cells: by how much NEW is worse than is tolerated, by block."""
    suite, methods, single = {}, {}, {}
    components = {c.component for c in cells}
    for metric in ("success", "evaluations"):
        for name in [None, *sorted(components)]:
            mine = [c for c in cells if (metric, c) in rows and name in (None, c.component)]
            if not any(differs[metric, c] for c in mine) or name and (len(mine) < 2 or len(components) < 2):
                continue
            pooled = defaultdict(list)
            for c in mine:
                for block, v in rows[metric, c].items():
                    pooled[block].append(v[0])
            level = methods if name else suite
            level[metric, name or "all methods", "all problems"] = {k: np.mean(v) for k, v in pooled.items()}
        for c in cells:
            if differs.get((metric, c)):
                single[(metric, *c.name)] = {k: v[0] for k, v in rows[metric, c].items()}
    return suite, methods, single


def check(base, new, verdict):
    cells, rows, differs, signs = gather(base, new)
    report = json.load(open(verdict))["comparisons"][0]
    said = {(r["metric"], r["method"], r["problem"]): r for r in report["levels"] + report["rows"]}
    broke = {k for k, r in said.items() if r["verdict"] in ("broke", "fixed")}
    bad = 0
    mine = set()
    exact = len(signs) <= EXACT
    for level, alpha in zip(levels(cells, rows, differs), LEVELS):
        level = {k: v for k, v in level.items() if k not in broke}
        mine |= set(level)
        for key, p in sorted(max_t(level, signs, alpha).items()):
            r = said.get(key)
            got = None if r is None else r["p"]
            error = 1e-9 if exact else 5 * math.sqrt(max(p, 2**-EXACT) * (1 - p) / 2**EXACT) * 1.5 + 1e-9
            ok = got is not None and abs(got - p) <= error
            bad += not ok
            if not ok:
                print("  DIFFERS", *key, "mine", p, "gate", got, "blocks", len(level[key]))
    for key in sorted(k for k, r in said.items() if r["p"] is not None and r["class"] in ("random", "success") and k not in mine):
        bad += 1
        print("  NOT MINE", *key)
    tested = sum(r["p"] is not None and k[0] in ("evaluations", "success") for k, r in said.items())
    print(f"{new}: {len(signs)} blocks, {tested} tested rows, {bad} differ")
    return bad


if __name__ == "__main__":
    sys.exit(check(*sys.argv[1:4]) > 0)
