// Pictures as SVG, so that they can be saved as they are. Numbers come from the engine; nothing is
// put into the page but text and numbers.
const space = "http://www.w3.org/2000/svg"
export const colors = ["#0072B2", "#D55E00", "#009E73", "#AA4499"]
const dashes = ["", "7 3", "2 3", "9 3 2 3"]

export function element(name, attributes = {}, ...children) {
  const e = document.createElementNS(space, name)
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value)
  e.append(...children)
  return e
}

export const short = (v) => v === null || v === undefined || Number.isNaN(v) ? "–" : v === 0 ? "0" : Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3 ? v.toExponential(2) : String(Number(v.toPrecision(4)))

// ticks are round numbers in a range, whole ones where what they count is whole.
export function ticks(low, high, count = 5, whole = false) {
  const raw = Math.max((high - low) / count, whole ? 1 : 0), power = 10 ** Math.floor(Math.log10(raw))
  const step = power * [1, 2, 5, 10].find((m) => m * power >= raw)
  const out = []
  for (let k = Math.ceil(low / step); k * step <= high && out.length < 20; k++) out.push(Number((k * step).toPrecision(12)))
  return out
}

// margin is the room around a picture for its numbers and names.
export const margin = {left: 62, right: 10, top: 10, bottom: 36}

// frame is the axes of a picture, with maps from numbers to places.
export function frame(svg, window, size, labels, logY = false) {
  const w = size.width - margin.left - margin.right, h = size.height - margin.top - margin.bottom
  const x = (v) => margin.left + (v - window.x[0]) / (window.x[1] - window.x[0]) * w
  const y = (v) => margin.top + h - (v - window.y[0]) / (window.y[1] - window.y[0]) * h
  svg.replaceChildren()
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`)
  const axes = element("g", {fill: "none", stroke: "currentColor", "stroke-width": "0.7", "font-size": "12"})
  axes.append(element("rect", {x: margin.left, y: margin.top, width: w, height: h}))
  const word = (at, text, attributes) => axes.append(element("text", {x: at[0], y: at[1], fill: "currentColor", stroke: "none", ...attributes}, text))
  for (const v of ticks(...window.x, 5, labels[0] === "step")) {
    axes.append(element("line", {x1: x(v), x2: x(v), y1: margin.top + h, y2: margin.top + h + 4}))
    word([x(v), margin.top + h + 16], short(v), {"text-anchor": x(v) > margin.left + w - 10 ? "end" : "middle"}) // all of it is in the picture
  }
  for (const v of ticks(...window.y, logY ? 3 : 5, logY)) {
    axes.append(element("line", {x1: margin.left - 4, x2: margin.left, y1: y(v), y2: y(v)}))
    word([margin.left - 6, y(v) + 4], logY ? "1e" + v : short(v), {"text-anchor": "end"})
  }
  word([margin.left + w / 2, size.height - 4], labels[0], {"text-anchor": "middle"})
  word([12, margin.top + h / 2], labels[1], {"text-anchor": "middle", transform: `rotate(-90 12 ${margin.top + h / 2})`})
  svg.append(axes)
  const clip = "clip-" + svg.id
  svg.append(element("defs", {}, element("clipPath", {id: clip}, element("rect", {x: margin.left, y: margin.top, width: w, height: h}))))
  const inside = element("g", {"clip-path": `url(#${clip})`})
  svg.append(inside)
  const back = (px, py) => [window.x[0] + (px - margin.left) / w * (window.x[1] - window.x[0]), window.y[0] + (margin.top + h - py) / h * (window.y[1] - window.y[0])]
  return {inside, x, y, back}
}

// path is a line through points, broken where a number is missing.
export function path(points, x, y, attributes) {
  let d = "", pen = false
  for (const [a, b] of points) {
    const ok = a !== null && b !== null && Number.isFinite(a) && Number.isFinite(b)
    if (ok) d += (pen ? "L" : "M") + clamp(x(a)) + " " + clamp(y(b))
    pen = ok
  }
  return element("path", {d, fill: "none", "stroke-linejoin": "round", ...attributes})
}

const clamp = (v) => Math.max(-1e5, Math.min(1e5, v)).toFixed(2)

export const style = (i) => ({stroke: colors[i], "stroke-width": "2", ...(dashes[i] ? {"stroke-dasharray": dashes[i]} : {})})

export function arrow(from, to, color, width = 2) {
  const [x1, y1] = from.map((v) => Number(clamp(v))), [x2, y2] = to.map((v) => Number(clamp(v)))
  const length = Math.hypot(x2 - x1, y2 - y1)
  const g = element("g", {stroke: color, fill: color, "stroke-width": width})
  if (length < 1) return g
  const ux = (x2 - x1) / length, uy = (y2 - y1) / length, head = Math.min(9, length / 2)
  g.append(element("line", {x1, y1, x2: x2 - ux * head, y2: y2 - uy * head}))
  g.append(element("polygon", {stroke: "none", points: `${x2},${y2} ${x2 - ux * head - uy * head / 2},${y2 - uy * head + ux * head / 2} ${x2 - ux * head + uy * head / 2},${y2 - uy * head - ux * head / 2}`}))
  return g
}

// contour draws lines of equal f by marching squares; the levels divide the values into equal parts.
export function contour(values, window, x, y) {
  const n = values.cells, f = values.f, known = f.filter((v) => v !== null).sort((a, b) => a - b)
  const g = element("g", {class: "contour"})
  if (known.length < 4 || known[0] === known.at(-1)) return g
  const count = 16
  for (let level = 0; level < count; level++) {
    const at = known[Math.floor((level + 0.5) / count * (known.length - 1))]
    let d = ""
    const px = (i) => x(window.x[0] + i / (n - 1) * (window.x[1] - window.x[0])), py = (j) => y(window.y[0] + j / (n - 1) * (window.y[1] - window.y[0]))
    for (let j = 0; j + 1 < n; j++) for (let i = 0; i + 1 < n; i++) {
      const corner = [f[j * n + i], f[j * n + i + 1], f[(j + 1) * n + i + 1], f[(j + 1) * n + i]]
      if (corner.includes(null)) continue
      const places = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]], cuts = []
      for (let e = 0; e < 4; e++) {
        const a = corner[e], b = corner[(e + 1) % 4]
        if (a < at === b < at) continue
        const t = (at - a) / (b - a), p = places[e], q = places[(e + 1) % 4]
        cuts.push([px(p[0] + t * (q[0] - p[0])), py(p[1] + t * (q[1] - p[1]))])
      }
      for (let k = 0; k + 1 < cuts.length; k += 2) d += `M${cuts[k][0].toFixed(1)} ${cuts[k][1].toFixed(1)}L${cuts[k + 1][0].toFixed(1)} ${cuts[k + 1][1].toFixed(1)}`
    }
    g.append(element("path", {d, fill: "none", stroke: "currentColor", "stroke-opacity": (0.75 - 0.5 * level / count).toFixed(2), "stroke-width": "1"}))
  }
  return g
}
