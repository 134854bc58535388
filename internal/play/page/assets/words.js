// Words and numbers beside the picture.
import {make} from "./controls.js"
import {colors, short} from "./draw.js"

const point = (x) => x.length === 1 ? short(x[0]) : "(" + x.map(short).join(", ") + ")"
const times = (a, x) => x.map((v) => a * v)
const minus = (x, y) => x.map((v, i) => v - y[i])

export const lengthOf = (run, k) => k > 0 && k < run.x.length ? Math.hypot(...minus(run.x[k], run.x[k - 1])) : null

// arithmetic is the step from k to k + 1 of each method, in numbers.
export function arithmetic(record, k) {
  const last = (r) => Math.min(k, r.x.length - 1) // a run that has ended stays where it is
  const rows = [["x", (r) => r.x.length > 0 && point(r.x[last(r)])], ["f(x)", (r) => r.x.length > 0 && short(r.f[last(r)])],
    ["slope at x", (r) => r.x.length > 0 && point(r.gradient[last(r)])],
    ["lr", (r) => r.rate && short(r.rate.value)],
    ["lr × slope", (r) => r.plain && r.gradient[k] && point(times(r.rate.value, r.gradient[k]))],
    ["step taken", (r) => r.x[k + 1] && point(minus(r.x[k + 1], r.x[k]))], ["new x", (r) => r.x[k + 1] && point(r.x[k + 1])]]
  const head = make("tr", {}, make("th", {scope: "col"}, `step ${k}`), ...record.runs.map((r, i) => make("th", {scope: "col"}, key(i), r.label)))
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map(([name, of]) =>
    make("tr", {}, make("th", {scope: "row"}, name), ...record.runs.map((r) => make("td", {}, of(r) || (k >= r.x.length - 1 && (name === "step taken" || name === "new x") ? "ended" : "–")))))))
}

const key = (i) => make("span", {class: "key", style: "border-color:" + colors[i]})

// promise is the theorem that says most: one that bounds the progress from the start.
const promise = (run) => run.promises.find((p) => p.outcome === "holds" && p.bound && p.bound.length > 0) || run.promises.find((p) => p.outcome === "holds")

// sentences are what happened in each run, and what theory promises.
export function sentences(record) {
  return record.runs.map((r, i) => {
    const p = promise(r)
    return make("div", {}, make("h3", {}, key(i), r.label), ...r.sentences.map((s) => make("p", {}, s)),
      p ? make("p", {class: "promise"}, `Theory promises: ${p.name}. ${p.statement} (${p.source})`)
        : make("p", {class: "promise"}, "Theory promises nothing for these settings on this function, as far as gdbench knows."))
  })
}
