// The pictures: the function with the paths, and beneath it gap and step length.
import {arrow, colors, contour, element, frame, margin, path, style} from "./draw.js"
import {lengthOf} from "./words.js"

// A picture has fewer units in a small window, so that its labels are not small, too. In the plane its
// height is such that a length is the same in both directions.
const size = {}
export const fit = () => Object.assign(size, innerWidth < 600 ? {width: 400, height: 325} : {width: 640, height: 520})
const progress = {width: 420, height: 180}
const finite = (v) => v !== null && v !== undefined && Number.isFinite(v)

const equal = ({x, y}) => ({width: size.width, height: margin.top + margin.bottom + (size.width - margin.left - margin.right) * (y[1] - y[0]) / (x[1] - x[0])})

// Methods at one point are seen as rings around it: the later ones have smaller dots, on top.
function dots(f, points, i, k, count) {
  const g = element("g", {fill: colors[i]})
  const from = Math.max(0, k - 400) // more would be one blot, and slow
  points.slice(from, k + 1).forEach((p, n) => {
    const j = from + n
    if (p && finite(p[0]) && finite(p[1])) g.append(element("circle", {cx: f.x(p[0]).toFixed(2), cy: f.y(p[1]).toFixed(2), r: j === k ? 4.5 + 2 * (count - 1 - i) : 2.2}))
  })
  f.inside.append(g)
}

export const picture = (svg, record, k) => (record.problem.dim === 1 ? curve : plane)(svg, record, record.picture, record.picture.window, k)

// marks are the characters of critical points.
const marks = {"global minimum": "★", saddle: "✕"}, other = "○"

// marked says which kind of point each character is, in a sentence; empty where there is none.
export function marked(record) {
  const kinds = [...new Set(record.problem.points.map((p) => p.kind))], rest = kinds.filter((kind) => !marks[kind])
  const words = kinds.filter((kind) => marks[kind]).map((kind) => `${marks[kind]} ${kind}`)
  if (rest.length) words.push(`${other} ${rest.join(" or ")}`)
  return words.length ? words.join(", ") + ". " : ""
}

const negligible = 1e-3 // a gradient of this part of the longest one is not drawn: near zero it has no direction to see

function plane(svg, record, values, window, k) {
  const f = frame(svg, window, equal(window), ["x", "y"])
  f.inside.append(contour(values, window, f.x, f.y))
  record.runs.forEach((r, i) => {
    const at = Math.min(k, r.x.length - 1)
    f.inside.append(path(r.x.slice(0, at + 1), f.x, f.y, style(i)))
    dots(f, r.x, i, at, record.runs.length)
    if (at < 0) return
    const here = r.x[at], g = r.gradient[at], next = r.x[at + 1], norm = g && Math.hypot(...g)
    if (g && finite(norm) && norm > negligible * Math.max(...r.norm.filter(finite))) { // as a direction of fixed length
      const reach = 0.1 * (window.x[1] - window.x[0])
      const arrowOf = arrow([f.x(here[0]), f.y(here[1])], [f.x(here[0] + g[0] / norm * reach), f.y(here[1] + g[1] / norm * reach)], "currentColor", 1)
      arrowOf.setAttribute("class", "gradient")
      f.inside.append(arrowOf)
    }
    if (next) f.inside.append(arrow([f.x(here[0]), f.y(here[1])], [f.x(next[0]), f.y(next[1])], colors[i], 2.5))
  })
  // On top of the dots, which end where the marks are.
  for (const p of record.problem.points) f.inside.append(element("text", {x: f.x(p.x[0]), y: f.y(p.x[1]) + 6, "text-anchor": "middle", "font-size": "18", fill: "currentColor"}, marks[p.kind] || other))
  return f
}

function curve(svg, record, values, window, k) {
  const xs = values.f.map((v, i) => [window.x[0] + i / (values.cells - 1) * (window.x[1] - window.x[0]), v])
  const shown = values.f.filter(finite).sort((a, b) => a - b)
  let low = shown[0] ?? 0, high = shown.at(-1) ?? 1
  // Where a descent begins low, what is far above its start is cut: the valley is what is to be seen.
  const start = Math.max(...record.runs.map((r) => r.f[0]).filter(finite), low)
  high = Math.min(high, low + Math.max(4 * (start - low), 0.05 * (high - low)))
  if (high === low) { low -= 1; high += 1 }
  const room = 0.06 * (high - low), f = frame(svg, {x: window.x, y: [low - room, high + room]}, size, ["x", "f(x)"])
  f.inside.append(path(xs, f.x, f.y, {stroke: "currentColor", "stroke-width": "1.6"}))
  record.runs.forEach((r, i) => {
    const at = Math.min(k, r.x.length - 1), points = r.x.map((x, j) => [x[0], r.f[j]])
    dots(f, points, i, at, record.runs.length)
    if (at < 0) return
    const [x, y] = points[at], slope = r.gradient[at] && r.gradient[at][0]
    if (finite(slope) && finite(y)) {
      const reach = 0.18 * (window.x[1] - window.x[0])
      f.inside.append(path([[x - reach, y - slope * reach], [x + reach, y + slope * reach]], f.x, f.y, {stroke: colors[i], "stroke-width": "1.3", "stroke-dasharray": "5 3"}))
    }
    const next = points[at + 1]
    if (next && finite(next[1])) f.inside.append(arrow([f.x(x), f.y(y)], [f.x(next[0]), f.y(y)], colors[i], 2.5), path([[next[0], y], next], f.x, f.y, {stroke: colors[i], "stroke-width": "1", "stroke-dasharray": "2 3"}))
  })
  return f
}

// highest is the largest f that the picture of many variables shows.
const highest = (record, low) => Math.max(...record.runs.map((r) => r.f[0]).filter(finite), low)

// cut reports whether a run rises above it.
export const cut = (record) => record.runs.some((r) => r.f.some((v) => v === null || v > highest(record, -Infinity)))

// course is the picture of a function of many variables: f against the steps. What rises above the
// starts, as one wild step does, is cut.
export function course(svg, record, k) {
  const all = record.runs.flatMap((r) => r.f).filter(finite), last = Math.max(1, ...record.runs.map((r) => r.f.length - 1))
  const low = Math.min(...all), high = highest(record, low), room = 0.06 * (high - low || 1)
  const f = frame(svg, {x: [0, last], y: [low - room, high + room]}, size, ["step", "f(x)"])
  record.runs.forEach((r, i) => {
    const points = r.f.map((v, j) => [j, v]), at = Math.min(k, r.f.length - 1)
    f.inside.append(path(points, f.x, f.y, {stroke: colors[i], "stroke-width": "0.7"}), path(points.slice(0, at + 1), f.x, f.y, style(i)))
    if (finite(r.f[at])) f.inside.append(element("circle", {cx: f.x(at).toFixed(2), cy: f.y(r.f[at]).toFixed(2), r: 5, fill: colors[i]}))
  })
}

// logarithmic is a small picture of a series of each run against the steps.
function logarithmic(svg, record, k, label, of) {
  const series = record.runs.map((r) => r.f.map((_, j) => {
    const v = of(r, j)
    return [j, v > 0 && finite(v) ? Math.log10(v) : null]
  }))
  const all = series.flat().map((p) => p[1]).filter(finite), steps = Math.max(1, ...record.runs.map((r) => r.f.length - 1))
  let low = Math.floor(Math.min(...all, 0)), high = Math.ceil(Math.max(...all, low + 1))
  low = Math.max(low, high - 16)
  const f = frame(svg, {x: [0, steps], y: [low, high]}, progress, ["step", label], true)
  series.forEach((s, i) => f.inside.append(path(s, f.x, f.y, style(i))))
  f.inside.append(element("line", {x1: f.x(k), x2: f.x(k), y1: 0, y2: progress.height, stroke: "currentColor", "stroke-dasharray": "2 2"}))
  return f
}

export function gap(svg, record, k) {
  const known = finite(record.problem.minimum)
  const least = known ? record.problem.minimum : Math.min(...record.runs.flatMap((r) => r.f).filter(finite))
  const f = logarithmic(svg, record, k, known ? "f − f*" : "f − best seen", (r, j) => r.f[j] - least)
  record.runs.forEach((r, i) => {
    const t = r.theorem
    if (t && t.gap) f.inside.append(path(t.iteration.map((j, n) => [j, t.gap[n] > 0 ? Math.log10(t.gap[n]) : null]), f.x, f.y, {stroke: colors[i], "stroke-width": "1.2", "stroke-dasharray": "1 4"}))
  })
}

export const steps = (svg, record, k) => logarithmic(svg, record, k, "step length", lengthOf)
