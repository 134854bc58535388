// Words and numbers beside the picture.
import {make} from "./controls.js"
import {element, short, style} from "./draw.js"

const point = (x) => x.length === 1 ? short(x[0]) : "(" + x.map(short).join(", ") + ")"
const times = (a, x) => x.map((v) => a * v)
const minus = (x, y) => x.map((v, i) => v - y[i])

export const lengthOf = (run, k) => run.length[k] ?? null

// legend says which line is which method.
export const legend = (record) => record.runs.map((r, i) => make("span", {}, key(i), r.label))

// arithmetic is the step from k to k + 1 of each method, in numbers.
export function arithmetic(record, k) {
  const last = (r) => Math.min(k, r.f.length - 1) // a run that has ended stays where it is
  const many = record.problem.dim > 2
  const rows = many ? [["f(x)", (r) => short(r.f[last(r)])], ["‖slope‖", (r) => short(r.norm[last(r)])], ["lr", (r) => r.rate && short(r.rate.value)], ["length of the last step", (r) => short(lengthOf(r, last(r)))]]
    : [["x", (r) => r.x.length > 0 && point(r.x[last(r)])], ["f(x)", (r) => r.x.length > 0 && short(r.f[last(r)])],
    ["slope at x", (r) => r.x.length > 0 && point(r.gradient[last(r)])],
    ["lr", (r) => r.rate && short(r.rate.value)],
    ["lr × slope", (r) => r.plain && r.gradient[k] && point(times(r.rate.value, r.gradient[k]))],
    ["step taken", (r) => r.x[k + 1] && point(minus(r.x[k + 1], r.x[k]))], ["new x", (r) => r.x[k + 1] && point(r.x[k + 1])]]
  const head = make("tr", {}, make("th", {scope: "col"}, `step ${k}`), ...record.runs.map((r, i) => make("th", {scope: "col"}, key(i), r.label)))
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map(([name, of]) =>
    make("tr", {}, make("th", {scope: "row"}, name), ...record.runs.map((r) => make("td", {}, of(r) || (k >= r.f.length - 1 && (name === "step taken" || name === "new x") ? "ended" : "–")))))))
}

// key is the line of a method, with its dashes.
const key = (i) => {
  const svg = element("svg", {class: "line", viewBox: "0 0 32 6", "aria-hidden": "true"})
  svg.append(element("line", {x1: 0, x2: 32, y1: 3, y2: 3, ...style(i), "stroke-width": "3"}))
  return svg
}

// sentences are what happened in each run, and what theory promises; how theory says it is for those who ask.
export function sentences(record) {
  return record.runs.map((r, i) => {
    const t = r.theorem, more = []
    if (t) more.push(make("p", {}, `${t.name}: ${t.statement} (${t.source})`))
    if (r.theory) more.push(make("p", {}, r.theory))
    return make("div", {}, make("h3", {}, key(i), r.label), ...r.sentences.map((s) => make("p", {}, s)),
      ...(r.promise ? [make("p", {class: "promise"}, r.promise)] : []),
      ...(more.length > 0 ? [make("details", {}, make("summary", {}, t ? "The theorem" : "The theorems"), ...more)] : []))
  })
}
