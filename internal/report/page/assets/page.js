"use strict";
(async () => {
const $ = (id) => document.getElementById(id);

// unpack reads what an element of the page has compressed; nothing is loaded.
function unpack(id) {
  const packed = atob(JSON.parse($(id).textContent)), bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
if (typeof DecompressionStream === "undefined") {
  $("unpacking").textContent = "This page needs a browser of 2023 or later, which can unpack its data. The tables and figures beside it do not.";
  return;
}
const data = JSON.parse(await unpack("data"));
const charts = document.createElement("script");
charts.textContent = await unpack("charts");
document.head.append(charts);
$("unpacking").remove();
for (const key of ["headline", "warnings", "runs", "problems", "figures", "tables", "notes", "failed"]) data[key] = data[key] || [];
const guides = ["", "dash", "dot"]; // dashes of lines that belong to no method, or beside the line of one

// ---- the view, kept in the fragment of the address ----------------------------------
const initial = { problem: 0, quantity: 0, cost: 0, statistic: "median", logx: "auto", logy: 1, rate: 0, hidden: "",
  first: 1, second: 0, figure: 0, tau: 0, k: -1, table: 0, sort: "", filter: "", theme: "" };
const view = Object.assign({}, initial);
let playing = 0; // the timer of the animation

// valid reports whether a part of the address means anything here; what does not is ignored.
const words = { statistic: ["median", "mean", "runs"], logx: ["auto", "0", "1"], theme: ["", "light", "dark"] };
const rivals = data.versus ? data.versus.methods : [];
const counted = { first: rivals, second: rivals, problem: data.problems, figure: data.figures, table: data.tables };
function valid(key, value) {
  if (words[key]) return words[key].includes(value);
  if (typeof initial[key] !== "number") return true;
  const v = Number(value), p = data.problems[view.problem] || { quantities: [], costs: [] };
  const list = counted[key] || { quantity: p.quantities, cost: p.costs }[key];
  return value.trim() !== "" && Number.isInteger(v) && v >= (key === "k" ? -1 : 0) && (!list || v < list.length) && (key !== "tau" || v <= 100);
}
function readAddress() {
  Object.assign(view, initial);
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (Object.hasOwn(initial, key) && valid(key, value)) view[key] = typeof initial[key] === "number" ? Number(value) : value;
  }
}
function writeAddress() {
  const out = new URLSearchParams();
  for (const key in initial) if (String(view[key]) !== String(initial[key])) out.set(key, view[key]);
  history.replaceState(null, "", "#" + out.toString());
}
function set(changes) {
  Object.assign(view, changes);
  if (!playing) writeAddress(); // browsers limit how often an address may change
  render(Object.keys(changes));
}

// ---- small things ---------------------------------------------------------------------
// Names are text. In the document they become text nodes; Plotly reads a little markup in
// its texts, so there every < and & is escaped.
const plain = (s) => String(s).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
function element(tag, text, attributes) {
  const e = document.createElement(tag);
  if (text !== undefined && text !== null) e.textContent = text;
  for (const key in attributes || {}) e.setAttribute(key, attributes[key]);
  return e;
}
// coded is an element with a sentence, in which what is between backticks, such as a command, is code.
function coded(tag, sentence) {
  const parts = String(sentence).split("`"), e = element(tag);
  if (parts.length % 2 === 0) e.append(sentence); // one is not closed
  else e.append(...parts.map((part, i) => i % 2 ? element("code", part) : part));
  return e;
}
function fill(list, texts) { list.replaceChildren(...texts.map((t) => coded("li", t))); }
function options(select, texts, chosen) {
  select.replaceChildren(...texts.map((t, i) => element("option", t, { value: i })));
  select.value = chosen;
}
const dark = () => document.documentElement.dataset.theme === "dark";
const color = (i) => i < 0 ? (dark() ? "#e8eaed" : "#1d2126") : data.looks[i][dark() ? "dark" : "light"];
const strokes = (i) => (i < 0 ? [] : data.looks[i].dash || []);
const dashOf = (i, guide) => guides[guide || 0] || strokes(i).map((l) => l + "px").join() || "solid";
const symbolOf = (s) => s.symbol || (s.color < 0 ? "" : data.looks[s.color].symbol);
const faded = (hex) => hex + "2e";
const inFull = (s) => s.full || s.label; // by which a series is known in all figures
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const short = (v) => v === null ? "–" : v === "inf" ? "∞" : Number(Number(v).toPrecision(3)).toString();

function axis(title, log) {
  return { title: { text: plain(title) }, type: log ? "log" : "linear", exponentformat: "power", automargin: true,
    gridcolor: css("--line"), linecolor: css("--soft"), zeroline: false, ticks: "outside" };
}
function layout(x, y, more) {
  return Object.assign({ xaxis: x, yaxis: y, showlegend: false, margin: { l: 70, r: 20, t: 20, b: 55 }, hovermode: "closest",
    paper_bgcolor: css("--paper"), plot_bgcolor: css("--paper"), font: { color: css("--ink"), size: 13 } }, more || {});
}
const config = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["lasso2d", "select2d"] };
function draw(id, traces, shape) { return Plotly.react($(id), traces, shape, config); }

// at places a value on an axis with a floor and a ceiling.
function at(v, a) {
  if (v === null) return null;
  const log = a.log !== undefined ? a.log : a.scale === "log";
  if (v === "inf") return a.ceiling || null;
  if (log && v <= (a.floor || 0)) return a.floor || null;
  return a.ceiling && v > a.ceiling ? a.ceiling : v;
}

// ---- convergence ------------------------------------------------------------------------
const hiddenSet = () => new Set(view.hidden ? view.hidden.split("\n") : []);

// rates are the learning rates of a problem; position 0 of the slider is the best of each.
function rates(p) {
  return [...new Set(p.methods.map((m) => m.rate).filter((r) => typeof r === "number"))].sort((a, b) => a - b);
}
// shown are the methods that the slider leaves: for each family that has learning rates,
// the best, or the one nearest to the slider's.
function shownMethods(p) {
  const all = rates(p), wanted = view.rate > 0 ? all[Math.min(view.rate, all.length) - 1] : null;
  if (wanted === null) return p.methods.filter((m) => m.leading);
  const families = new Map();
  for (const m of p.methods) {
    if (typeof m.rate !== "number") continue;
    const best = families.get(m.family), far = Math.abs(Math.log(m.rate / wanted));
    if (!best || far < best.far) families.set(m.family, { m, far });
  }
  const chosen = new Set([...families.values()].map((f) => f.m));
  const withRate = new Set([...families.keys()]);
  const leading = new Set(p.methods.filter((m) => m.leading).map((m) => m.family));
  return p.methods.filter((m) => leading.has(m.family) && (withRate.has(m.family) ? chosen.has(m) : m.leading));
}

function renderConvergence() {
  const p = data.problems[view.problem];
  if (!p) { $("convergence").hidden = true; return; }
  view.quantity = Math.min(view.quantity, p.quantities.length - 1);
  view.cost = Math.min(view.cost, p.costs.length - 1);
  const q = p.quantities[view.quantity], c = p.costs[view.cost];
  const logx = view.logx === "auto" ? c.log : view.logx === "1";
  const logy = q.log && Number(view.logy) === 1;
  options($("problem"), data.problems.map((x) => x.label), view.problem);
  options($("quantity"), p.quantities.map((x) => x.label), view.quantity);
  options($("cost"), p.costs.map((x) => x.label), view.cost);
  $("statistic").value = view.statistic;
  $("logx").checked = logx; $("logy").checked = logy;
  const all = rates(p);
  $("rate-label").hidden = all.length < 2;
  $("rate").max = all.length; $("rate").value = Math.min(view.rate, all.length);
  $("rate-value").textContent = view.rate > 0 ? short(all[Math.min(view.rate, all.length) - 1]) : "best of each method";
  $("rate").setAttribute("aria-valuetext", $("rate-value").textContent);
  $("problem-facts").textContent = p.facts.join(" · ");

  const hidden = hiddenSet(), methods = shownMethods(p), traces = [];
  const yAxis = { log: logy, floor: q.floor, ceiling: q.ceiling }, xFloor = logx ? firstStep(p, methods) : 0;
  for (const m of methods) {
    if (hidden.has(m.family)) continue;
    const curve = m.curves.find((k) => k.q === view.quantity && k.c === view.cost);
    if (curve) traces.push(...tracesOf(m, curve, yAxis, xFloor, q));
  }
  const x = axis(c.label, logx), y = axis(q.label, logy);
  const bounded = methods.filter((m) => !hidden.has(m.family)).map((m) => [m, m.curves.find((k) => k.q === view.quantity && k.c === view.cost)]).filter(([, k]) => k && k.bound);
  for (const [m, k] of bounded) traces.push(boundTrace(m, k.bound, yAxis, xFloor));
  const shape = layout(x, y);
  addStrip(traces, shape, bounded.map(([m, k]) => ratioTrace(m, k.bound, xFloor)));
  draw("curves", traces, shape);
  const statistic = { median: "the median over the repeats with the quartile band", mean: "the mean over the repeats", runs: "single runs, five at most" }[view.statistic];
  $("curves-caption").textContent = `${q.label} against ${c.label} on ${p.label}: ${statistic}. ` +
    (logy && q.floor ? `Values at or below ${short(q.floor)} are drawn there, and those above ${short(q.ceiling)} at that height. ` : "") +
    (logx ? "Zero lies at the left edge. " : "") +
    (bounded.length ? "Dotted, in the same colour: what a theorem promises from the start alone (median over the repeats); beneath: the largest measured/bound over the repeats. " +
      "1 is as slow as the theorem allows, above 1 it is refuted." : "");
  $("shared").textContent = p.shared;
  $("shared").hidden = !p.shared;
  renderLegend(methods, hidden);
}
function firstStep(p, methods) {
  let first = Infinity;
  for (const m of methods) for (const k of m.curves) if (k.c === view.cost) for (const x of k.x) if (x > 0) { first = Math.min(first, x); break; }
  return first === Infinity ? 0.5 : first / 2;
}
function tracesOf(m, curve, yAxis, xFloor, q) {
  const hue = color(m.color), name = plain(m.label);
  const xs = (list) => list.map((x) => Math.max(x, xFloor));
  const ys = (list) => list.map((y) => at(y, yAxis));
  const hover = `<b>${name}</b><br>%{x:.4g}: %{y:.3g}<br>${plain(m.detail)}<extra></extra>`;
  const line = { color: hue, width: 2, dash: dashOf(m.color) };
  if (view.statistic === "runs" && curve.runs) {
    return curve.runs.map((r) => ({ x: xs(r[0]), y: ys(r[1]), mode: "lines", line: { color: hue, width: 1.2, dash: line.dash }, hovertemplate: hover, name }));
  }
  const out = [];
  const middle = view.statistic === "mean" && curve.mean ? curve.mean : curve.median;
  if (view.statistic === "median" && curve.low) {
    out.push({ x: xs(curve.x), y: ys(curve.low), mode: "lines", line: { width: 0 }, hoverinfo: "skip", name });
    out.push({ x: xs(curve.x), y: ys(curve.high), mode: "lines", line: { width: 0 }, fill: "tonexty", fillcolor: faded(hue), hoverinfo: "skip", name });
  }
  out.push({ x: xs(curve.x), y: ys(middle), mode: "lines", line, hovertemplate: hover, name });
  return out;
}
// boundTrace leaves out what lies beyond the axis.
function boundTrace(m, b, yAxis, xFloor) {
  const ys = b.y.map((y) => y === null || y === "inf" || at(y, yAxis) !== y ? null : y);
  return { x: b.x.map((x) => Math.max(x, xFloor)), y: ys, mode: "lines", line: { color: color(m.color), width: 1.2, dash: "dot" }, name: plain(m.label),
    hovertemplate: `<b>${plain(m.label)}</b><br>%{x:.4g}: at most %{y:.3g}<br>${plain(b.theorem)}<extra></extra>` };
}
const ratioAxis = { log: true, floor: 1e-3, ceiling: 1e3 };
function ratioTrace(m, b, xFloor) {
  return { x: b.rx.map((x) => Math.max(x, xFloor)), y: b.ratio.map((y) => at(y, ratioAxis)), mode: "lines", line: { color: color(m.color), width: 1.5, dash: dashOf(m.color) }, name: plain(m.label),
    hovertemplate: `<b>${plain(m.label)}</b><br>%{x:.4g}: %{y:.3g} of the bound<br>${plain(b.theorem)}<extra></extra>` };
}
// addStrip puts traces beneath a chart, over the same x, with a line at 1.
function addStrip(traces, shape, beneath, label) {
  if (!beneath.some((t) => t.y.some((v) => v !== null))) return;
  shape.yaxis.domain = [0.3, 1];
  shape.yaxis2 = Object.assign(axis(label || "ratio", true), { domain: [0, 0.22], dtick: 1 });
  shape.xaxis.anchor = "y2";
  for (const t of beneath) traces.push(Object.assign(t, { yaxis: "y2" }));
  shape.shapes = (shape.shapes || []).concat({ type: "line", x0: 0, x1: 1, xref: "paper", y0: 1, y1: 1, yref: "y2", line: { color: css("--soft"), width: 1.2, dash: "dash" } });
}
// swatch is a piece of the line of a method, with its dashes.
function swatch(i) {
  const draw = (tag, attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const key in attributes) e.setAttribute(key, attributes[key]);
    return e;
  };
  const out = draw("svg", { class: "swatch", viewBox: "0 0 28 6", "aria-hidden": "true" });
  out.append(draw("line", { x1: 0, y1: 3, x2: 28, y2: 3, stroke: color(i), "stroke-width": 2.5, "stroke-dasharray": strokes(i).join(" ") || "none" }));
  return out;
}
function renderLegend(methods, hidden) {
  $("legend-items").replaceChildren(...methods.map((m) => {
    const item = element("div", null, { class: "item" }), label = element("label");
    const box = element("input", null, { type: "checkbox" });
    box.checked = !hidden.has(m.family);
    box.addEventListener("change", () => toggle(m.family, box.checked));
    label.append(box, swatch(m.color), document.createTextNode(m.name || m.label));
    label.title = m.label;
    label.addEventListener("dblclick", (e) => { e.preventDefault(); isolate(methods, m.family); });
    const only = element("button", "only", { type: "button", "aria-label": "Show only " + m.label });
    only.addEventListener("click", () => isolate(methods, m.family));
    item.append(label, only);
    return item;
  }));
}
function toggle(family, show) {
  const hidden = hiddenSet();
  if (show) hidden.delete(family); else hidden.add(family);
  set({ hidden: [...hidden].join("\n") });
}
function isolate(methods, family) {
  set({ hidden: [...new Set(methods.map((m) => m.family).filter((f) => f !== family))].join("\n") });
}

// ---- paths --------------------------------------------------------------------------------
function renderPath() {
  const p = data.problems[view.problem], f = p && p.path;
  $("path-section").hidden = !f;
  if (!f) return stop();
  const last = Math.max(0, ...p.tracks.map((t) => t.k[t.k.length - 1] || 0));
  const stops = [...new Set(p.tracks.flatMap((t) => t.k))].sort((a, b) => a - b);
  $("scrub").max = stops.length - 1;
  const place = view.k < 0 ? stops.length - 1 : Math.min(view.k, stops.length - 1);
  $("scrub").value = place;
  const now = stops[place] === undefined ? last : stops[place];
  $("scrub-value").textContent = short(now);
  $("scrub").setAttribute("aria-valuetext", "iteration " + short(now));
  const hidden = hiddenSet(), traces = [];
  if (f.grid) traces.push(relief(f.grid));
  f.series.forEach((s) => {
    const track = p.tracks.find((t) => t.label === inFull(s));
    let x = s.x, y = s.y;
    if (track) {
      const m = p.methods.find((k) => k.label === inFull(s));
      if (m && hidden.has(m.family)) return;
      const n = track.k.filter((k) => k <= now).length;
      x = x.slice(0, n); y = y.slice(0, n);
      traces.push({ x: x.slice(-1), y: y.slice(-1), mode: "markers", marker: { color: color(s.color), size: 11, line: { color: css("--paper"), width: 1 } }, hoverinfo: "skip" });
    }
    traces.push(seriesTrace(Object.assign({}, s, { x, y }), f));
  });
  const xs = axis(f.x.label, false), ys = axis(f.y.label, false);
  if (f.grid) { xs.range = [f.grid.x[0], f.grid.x[f.grid.x.length - 1]]; ys.range = [f.grid.y[0], f.grid.y[f.grid.y.length - 1]]; }
  ys.scaleanchor = "x"; xs.constrain = ys.constrain = "domain";
  draw("path", traces, layout(xs, ys));
  $("path-caption").textContent = f.caption + " Dots: where each method stands at iteration " + short(now) + ".";
}
function relief(g) {
  const levels = g.contours || [], shade = dark() ? [[0, "#2b4a63"], [1, "#15181c"]] : [[0, "#c9ddec"], [1, "#ffffff"]];
  // levels are at equal ratios: the rank of a value among them is what is drawn
  const rank = (z) => z === null ? null : levels.reduce((n, l, i) => z >= l ? i + 1 : n, 0) + between(z, levels);
  return { type: "contour", x: g.x, y: g.y, z: g.z.map((row) => row.map(rank)), colorscale: shade, showscale: false, hoverinfo: "skip",
    contours: { start: 1, end: levels.length, size: 1 }, line: { width: 0.7, color: dark() ? "#5b6d7d" : "#a9b8c6" } };
}
function between(z, levels) {
  for (let i = 0; i + 1 < levels.length; i++) if (z >= levels[i] && z < levels[i + 1]) return (z - levels[i]) / (levels[i + 1] - levels[i]);
  return z < levels[0] ? 0.5 : 0;
}
function stop() {
  if (!playing) return;
  clearInterval(playing); playing = 0;
  $("play").textContent = "Play";
  writeAddress();
}
function play() {
  if (playing) return stop();
  $("play").textContent = "Pause";
  const last = Number($("scrub").max);
  let k = view.k < 0 || view.k >= last ? 0 : view.k;
  // By the logarithm of time: the first steps, which are long, are seen one by one, and a path of any
  // length plays in some seconds.
  const growth = Math.pow(last + 1, 1 / 90);
  playing = setInterval(() => {
    set({ k });
    if (k >= last) return stop();
    k = Math.min(Math.max(k + 1, Math.round((k + 1) * growth) - 1), last);
  }, 60);
}

// ---- two methods ----------------------------------------------------------------------------
// Each problem is a line of the chart: the cost of the first method in units of the second's, with
// its interval. Where pairs carry no ratio there is none, and the table says why.
function renderVersus() {
  $("versus").hidden = !data.versus;
  if (!data.versus) return;
  const v = data.versus, first = v.methods[view.first], second = v.methods[view.second];
  options($("first"), v.methods, view.first);
  options($("second"), v.methods, view.second);
  const pair = v.pairs.find((p) => p.a === view.first && p.b === view.second), rows = pair ? pair.rows : [];
  const drawn = rows.filter((r) => typeof r.ratio === "number" && r.ratio > 0), names = rows.map((r) => plain(r.problem));
  const edge = (r, side) => typeof r[side] === "number" ? Math.abs(r[side] - r.ratio) : 0;
  const trace = { x: drawn.map((r) => r.ratio), y: drawn.map((r) => plain(r.problem)), mode: "markers", name: plain(first),
    error_x: { type: "data", symmetric: false, array: drawn.map((r) => edge(r, "high")), arrayminus: drawn.map((r) => edge(r, "low")), color: color(v.colors[view.first]) },
    marker: { color: color(v.colors[view.first]), size: 9 }, text: drawn.map((r) => plain(r.verdict)), hovertemplate: "%{y}: %{x:.3g}<br>%{text}<extra></extra>" };
  const x = Object.assign(axis("ratio of costs", true), ratioTicks(drawn)), y = Object.assign(axis("", false), { type: "category", categoryorder: "array", categoryarray: names.slice().reverse(), range: [-0.5, Math.max(names.length, 1) - 0.5] });
  const shape = layout(x, y, { shapes: [{ type: "line", x0: 1, x1: 1, y0: 0, y1: 1, yref: "paper", line: { color: css("--soft"), width: 1.2, dash: "dash" } }] });
  $("versus-chart").hidden = drawn.length === 0;
  $("versus-chart").style.height = Math.max(11, 5 + 2 * rows.length) + "rem";
  if (drawn.length) draw("versus-chart", [trace], shape);
  const count = (side) => rows.filter((r) => r.verdict.startsWith(side)).length;
  $("versus-caption").textContent = view.first === view.second ? "Choose two methods." : rows.length === 0 ? "The two ran on no problem together." :
    `${first} beside ${second}, ${v.title}: cheaper on ${count("cheaper")} of ${rows.length} ${rows.length === 1 ? "problem" : "problems"}, dearer on ${count("dearer")}.` +
    (drawn.length ? " Left of the dashed line the first is cheaper; bars are intervals of 95%." : "");
  $("versus-rows").hidden = rows.length === 0;
  const head = element("tr"), body = element("tbody");
  for (const name of ["problem", "pairs", "ratio", "interval", "p", "adjusted p", "verdict"]) head.append(element("th", name, { scope: "col" }));
  for (const r of rows) {
    const line = element("tr"), between = typeof r.low === "number" ? `[${short(r.low)}, ${short(r.high)}]` : "–";
    for (const cell of [r.problem, r.pairs, short(r.ratio), between, short(r.p), short(r.adjusted), r.verdict]) line.append(element("td", cell));
    body.append(line);
  }
  const top = element("thead"); top.append(head);
  $("versus-rows").replaceChildren(top, body);
  fill($("versus-notes"), v.notes);
}

// ratioTicks are the range of an axis that shows all ratios, their intervals and 1, and its ticks: few
// enough for a phone.
function ratioTicks(rows) {
  const all = rows.flatMap((r) => [r.ratio, r.low, r.high]).filter((v) => typeof v === "number" && v > 0).concat(1).map(Math.log10);
  const low = Math.min(...all), high = Math.max(...all), pad = 0.06 * (high - low) + 0.05, tickvals = [];
  const span = high - low + 2 * pad, digits = span < 1 ? [1, 1.5, 2, 3, 5, 7] : span < 2 ? [1, 3] : [1], every = Math.max(1, Math.round(span / 5));
  for (let k = Math.floor(low) - 1; k <= high + 1; k++) if (k % every === 0) for (const d of digits) tickvals.push(d * Math.pow(10, k));
  return { range: [low - pad, high + pad], tickvals, ticktext: tickvals.map(short), minor: {} };
}

// ---- other figures --------------------------------------------------------------------------
const symbols = { "": "circle", cross: "x", star: "star", square: "square", diamond: "diamond", triangle: "triangle-up", ring: "circle-open" };
function seriesTrace(s, f) {
  const hue = color(s.color);
  const text = (s.detail || []).map(plain);
  return { x: s.x.map((v) => at(v, f.x)), y: s.y.map((v) => at(v, f.y)), name: plain(s.label),
    mode: { line: "lines", steps: "lines", points: "markers", both: "lines+markers" }[s.kind],
    showlegend: !s.unlisted && s.label !== "", line: { color: hue, width: s.thin ? 1.2 : 2, shape: s.kind === "steps" ? "hv" : "linear", dash: dashOf(s.color, s.dash) },
    marker: { color: hue, symbol: symbols[symbolOf(s)], size: s.symbol === "star" ? 14 : f.equal ? 4 : 8 },
    text, hovertemplate: `<b>${plain(inFull(s))}</b><br>%{x:.4g}, %{y:.4g}${text.length ? "<br>%{text}" : ""}<extra></extra>` };
}
function bandTraces(s, f) {
  const edge = (list) => ({ x: s.x.map((v) => at(v, f.x)), y: list.map((v) => at(v, f.y)), mode: "lines", line: { width: 0 }, hoverinfo: "skip", showlegend: false });
  return [edge(s.low), Object.assign(edge(s.high), { fill: "tonexty", fillcolor: faded(color(s.color)) })];
}
function heatTrace(f, log) {
  const g = f.grid, z = g.z.map((row) => row.map((v) => v === null || v === "inf" ? null : log ? Math.log10(Math.max(v, g.floor || 1e-300)) : v));
  return { type: "heatmap", x: g.x.map(String), y: (f.y.categories || g.y.map(String)), z, text: (g.text || []).map((r) => r.map(plain)), texttemplate: "%{text}",
    colorscale: "Viridis", reversescale: true, xgap: 2, ygap: 2, hovertemplate: "%{x}, %{y}: %{text}<extra></extra>",
    colorbar: { title: { text: plain((log ? "log₁₀ " : "") + g.label) } } };
}
// boundary is the border between the cells of a heat map that are finite and those that are
// not, between neighbours that were both tried.
function boundary(z) {
  const line = { color: css("--ink"), width: 3 }, out = [];
  const parts = (a, b) => a !== undefined && b !== undefined && a !== null && b !== null && (a === "inf") !== (b === "inf");
  z.forEach((row, j) => row.forEach((v, i) => {
    if (parts(v, row[i + 1])) out.push({ type: "line", x0: i + 0.5, x1: i + 0.5, y0: j - 0.5, y1: j + 0.5, line });
    if (parts(v, (z[j + 1] || [])[i])) out.push({ type: "line", x0: i - 0.5, x1: i + 0.5, y0: j + 0.5, y1: j + 0.5, line });
  }));
  return out;
}
// figuresHere are the places of the figures of the chosen problem, after those of all problems.
function figuresHere() {
  const label = (data.problems[view.problem] || {}).label;
  return data.figures.map((f, i) => i).filter((i) => !data.figures[i].problem || data.figures[i].problem === label);
}
// followProblem keeps the kind of figure when the problem changes: the same role there, otherwise
// the first that there is.
function followProblem() {
  const here = figuresHere(), old = data.figures[view.figure];
  if (here.includes(view.figure)) return;
  const alike = here.find((i) => old && data.figures[i].role === old.role);
  view.figure = alike !== undefined ? alike : here.length ? here[0] : 0;
}
function renderFigure() {
  const f = data.figures[view.figure];
  if (!f) { $("figure-chart").closest("section").hidden = true; return; }
  $("figure").replaceChildren(...figuresHere().map((i) => element("option", data.figures[i].title, { value: i })));
  $("figure").value = view.figure;
  const x = axis(f.x.label, f.x.scale === "log"), y = axis(f.y.label, f.y.scale === "log"), traces = [], shapes = [], notes = [];
  const series = f.series || [], hidden = hiddenSet();
  if (f.grid && !f.grid.contours) {
    traces.push(heatTrace(f, f.grid.scale === "log"));
    x.type = y.type = "category";
    shapes.push(...boundary(f.grid.z));
    f.grid.z.forEach((row, j) => row.forEach((v, i) => {
      if (v === "inf") notes.push({ x: i, y: j, text: plain(f.grid.text ? f.grid.text[j][i] : "diverged"), showarrow: false, font: { color: css("--soft") } });
    }));
  }
  if (f.grid && f.grid.contours) {
    traces.push(relief(f.grid));
    x.range = [f.grid.x[0], f.grid.x[f.grid.x.length - 1]]; y.range = [f.grid.y[0], f.grid.y[f.grid.y.length - 1]];
    y.scaleanchor = "x"; x.constrain = y.constrain = "domain";
  }
  for (const s of series) if (s.low && !hidden.has(inFull(s))) traces.push(...bandTraces(s, f));
  for (const s of series) if (!hidden.has(inFull(s))) traces.push(seriesTrace(s, f));
  if (f.y.categories && series.length) { y.tickvals = f.y.categories.map((_, i) => i); y.ticktext = f.y.categories.map(plain); }
  for (const r of f.rules || []) {
    const line = { color: color(r.color), width: 1.5, dash: "dash" };
    shapes.push(r.vertical ? { type: "line", x0: r.at, x1: r.at, y0: 0, y1: 1, yref: "paper", line } : { type: "line", y0: r.at, y1: r.at, x0: 0, x1: 1, xref: "paper", line });
    const where = r.vertical ? { x: x.type === "log" ? Math.log10(r.at) : r.at, y: 1, yref: "paper", xanchor: "left", yanchor: "top" }
      : { y: y.type === "log" ? Math.log10(r.at) : r.at, x: 1, xref: "paper", xanchor: "right", yanchor: "bottom" };
    notes.push(Object.assign({ text: plain(r.label), showarrow: false, font: { color: color(r.color) } }, where));
  }
  tauLine(f, series, x, shapes);
  const shape = layout(x, y, { shapes, annotations: notes, showlegend: series.length > 1, legend: { bgcolor: "rgba(0,0,0,0)", x: 1.02, y: 1, font: { size: 12 } } });
  if (f.strip) {
    const under = { x: f.x, y: f.strip.y }, shown = (f.strip.series || []).filter((s) => !hidden.has(inFull(s)));
    const bands = shown.filter((s) => s.low).flatMap((s) => bandTraces(s, under));
    addStrip(traces, shape, bands.concat(shown.map((s) => Object.assign(seriesTrace(s, under), { showlegend: false }))), f.strip.y.label);
  }
  if (f.shared) shape.legend.title = { text: plain(f.shared) };
  if (innerWidth < 640) Object.assign(shape.legend, { orientation: "h", x: 0, y: -0.25 });
  draw("figure-chart", traces, shape).then((chart) => {
    chart.removeAllListeners("plotly_click"); chart.removeAllListeners("plotly_legendclick"); chart.removeAllListeners("plotly_legenddoubleclick");
    if (f.open) chart.on("plotly_click", (e) => openRuns(f, e.points[0]));
    chart.on("plotly_legendclick", (e) => { toggle(inFull(series[legendIndex(e, series)]), false); return false; });
    chart.on("plotly_legenddoubleclick", (e) => { isolateSeries(series, inFull(series[legendIndex(e, series)])); return false; });
  });
  $("figure-caption").textContent = f.caption || f.title;
  fill($("figure-notes"), f.notes || []);
}
const legendIndex = (e, series) => Math.max(0, series.findIndex((s) => plain(s.label) === e.fullData.name));
function isolateSeries(series, label) { set({ hidden: series.map(inFull).filter((l) => l !== label).join("\n") }); }

// The slider reads every curve of a distribution at one place of its axis: τ, κ or a cost.
function tauLine(f, series, x, shapes) {
  const profile = f.name.startsWith("performance-profile") || f.name.startsWith("data-profile") || f.name.startsWith("runtimes") || f.name.startsWith("group-runtimes");
  $("tau-label").hidden = !profile;
  if (!profile) return;
  const all = series.flatMap((s) => s.x), low = Math.min(...all), high = Math.max(...all);
  const tau = low * Math.pow(high / low, view.tau / 100);
  $("tau").value = view.tau;
  $("tau-axis").textContent = f.x.label.split(/[:(]/)[0].trim();
  shapes.push({ type: "line", x0: tau, x1: tau, y0: 0, y1: 1, yref: "paper", line: { color: css("--link"), width: 2 } });
  const share = (s) => s.x.reduce((y, v, i) => v <= tau * (1 + 1e-9) ? s.y[i] : y, 0);
  $("tau-value").textContent = short(tau) + ": " + series.map((s) => `${s.label} ${Math.round(100 * share(s))}%`).join(", ");
}
function openRuns(f, point) {
  const i = point.pointIndex ? point.pointIndex[1] : point.pointNumber[1], j = point.pointIndex ? point.pointIndex[0] : point.pointNumber[0];
  const method = f.open[j] && f.open[j][i];
  const runs = data.tables.findIndex((t) => t.name === "runs");
  if (!method) return;
  set({ table: runs < 0 ? 0 : runs, filter: method, sort: "" });
  $("tables").scrollIntoView();
}

// ---- tables ---------------------------------------------------------------------------------
const written = (cell) => Array.isArray(cell) ? cell[0] : cell;
function key(cell) {
  if (!Array.isArray(cell)) return cell;
  return cell[1] === null ? NaN : cell[1] === "inf" ? Infinity : cell[1];
}
function compare(a, b) {
  const x = key(a), y = key(b);
  if (typeof x === "number" && typeof y === "number") return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x < y ? -1 : x > y ? 1 : 0;
  return String(x).localeCompare(String(y), "en", { numeric: true });
}
function visibleRows(t) {
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = t.rows.filter((r) => { const line = r.map(written).join(" ").toLowerCase(); return words.every((w) => line.includes(w)); });
  const [column, order] = view.sort.split(",");
  if (column !== "" && column < t.columns.length) rows.sort((a, b) => (order === "down" ? -1 : 1) * compare(a[column], b[column]));
  return rows;
}
const mostRows = 1000;
function renderTable() {
  const t = data.tables[view.table];
  if (!t) { $("tables").hidden = true; return; }
  options($("table"), data.tables.map((x) => x.title), view.table);
  if ($("filter").value !== view.filter) $("filter").value = view.filter;
  const [column, order] = view.sort.split(",");
  const head = element("tr");
  t.columns.forEach((name, i) => {
    const active = String(i) === column;
    const cell = element("th", null, { scope: "col", "aria-sort": active ? (order === "down" ? "descending" : "ascending") : "none" });
    if (t.numeric[i]) cell.className = "number";
    const button = element("button", name + (active ? (order === "down" ? " ▼" : " ▲") : ""), { type: "button" });
    button.addEventListener("click", () => { set({ sort: i + "," + (active && order === "up" ? "down" : "up") }); $("rows").querySelectorAll("thead button")[i].focus(); });
    cell.append(button); head.append(cell);
  });
  const rows = visibleRows(t), body = element("tbody");
  body.append(...rows.slice(0, mostRows).map((r) => {
    const row = element("tr");
    row.append(...r.map((c, i) => element("td", written(c), t.numeric[i] ? { class: "number" } : {})));
    return row;
  }));
  const thead = element("thead"); thead.append(head);
  const caption = element("caption", `${t.title}: ${rows.length} of ${t.rows.length} rows` + (rows.length > mostRows ? `, the first ${mostRows} shown` : ""));
  $("rows").replaceChildren(caption, thead, body);
  fill($("table-notes"), t.notes || []);
}
function markdown(t, rows) {
  const cell = (s) => String(s).replace(/\|/g, "\\|").replace(/</g, "&lt;");
  const line = (cells) => "| " + cells.map(cell).join(" | ") + " |";
  return [line(t.columns), "|" + t.numeric.map((n) => n ? "---:" : "---").join("|") + "|", ...rows.map((r) => line(r.map(written)))].join("\n") + "\n";
}
function latex(t, rows) {
  const special = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "∞": "$\\infty$", "–": "--", "−": "$-$", "≤": "$\\le$", "<": "$<$", ">": "$>$" };
  const cell = (s) => String(s).replace(/[\\~^∞–−≤<>&%$#_{}]/g, (c) => special[c] || "\\" + c);
  const line = (cells) => cells.map(cell).join(" & ") + " \\\\";
  return ["% needs \\usepackage{booktabs}", "\\begin{tabular}{" + t.numeric.map((n) => n ? "r" : "l").join("") + "}", "\\toprule", line(t.columns), "\\midrule",
    ...rows.map((r) => line(r.map(written))), "\\bottomrule", "\\end{tabular}"].join("\n") + "\n";
}
async function copy(format) {
  const t = data.tables[view.table], text = format(t, visibleRows(t));
  try { await navigator.clipboard.writeText(text); $("status").textContent = "Copied."; } catch {
    const box = element("textarea", text); document.body.append(box); box.select();
    $("status").textContent = document.execCommand("copy") ? "Copied." : "Copying is not allowed here."; box.remove();
  }
}
function download() {
  const f = data.figures[view.figure], quote = (s) => '"' + String(s).replace(/"/g, '""') + '"', lines = ["label,x,y,low,high"];
  for (const s of f.series || []) s.x.forEach((x, i) => lines.push([quote(inFull(s)), x, s.y[i], s.low ? s.low[i] : "", s.high ? s.high[i] : ""].map((v) => v === null ? "" : v).join(",")));
  if (f.grid) f.grid.y.forEach((y, j) => f.grid.x.forEach((x, i) => lines.push([quote(f.grid.label), x, y, f.grid.z[j][i] === null ? "" : f.grid.z[j][i], ""].join(","))));
  const link = element("a", "", { href: URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" })), download: f.name + ".csv" });
  link.click(); URL.revokeObjectURL(link.href);
}

// ---- what does not change ---------------------------------------------------------------------
function renderStill() {
  $("headline").replaceChildren(...data.headline.map((s) => coded("p", s)));
  $("warnings").hidden = data.warnings.length === 0;
  $("warnings").querySelector("summary").textContent = data.warnings.length === 1 ? "1 warning" : data.warnings.length + " warnings";
  fill($("warnings").querySelector("ul"), data.warnings);
  const failed = data.failed.reduce((n, f) => n + f.runs, 0);
  $("failed").hidden = failed === 0;
  $("failed").querySelector("summary").textContent = failed === 1 ? "1 run failed or was skipped" : failed + " runs failed or were skipped";
  fill($("failed").querySelector("ul"), data.failed.map((f) => `${f.method} on ${f.problem}, ${f.status}${f.runs > 1 ? " in " + f.runs + " runs" : ""}: ${f.message || "without a message"}`));
  fill($("notes"), data.notes);
  $("runs").replaceChildren(...data.runs.flatMap((r) => {
    const facts = element("dl");
    for (const [name, value] of r.facts) facts.append(element("dt", name), element("dd", value));
    const suite = element("details"); suite.append(element("summary", "The suite"), element("pre", r.text, { tabindex: "0" }));
    return [element("h3", r.folder), facts, element("p", r.how), element("pre", r.again, { tabindex: "0" }), suite];
  }));
}
function renderTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = view.theme || system;
  $("theme").textContent = dark() ? "Light" : "Dark";
  $("theme").setAttribute("aria-pressed", String(dark()));
}
function render(changed) {
  const any = (...keys) => !changed || changed.some((k) => keys.includes(k));
  if (any("theme")) renderTheme();
  if (any("problem", "quantity", "cost", "statistic", "logx", "logy", "rate", "hidden", "theme")) renderConvergence();
  if (any("problem", "k", "hidden", "theme")) renderPath();
  if (any("first", "second", "theme")) renderVersus();
  if (any("problem")) followProblem();
  if (any("problem", "figure", "tau", "hidden", "theme")) renderFigure();
  if (any("table", "sort", "filter")) renderTable();
}
const number = (id, name) => $(id).addEventListener("change", () => set(Object.assign({ [name || id]: Number($(id).value) }, id === "problem" ? { k: -1, rate: 0 } : {}, id === "table" ? { sort: "" } : {}, id === "figure" ? { tau: 0 } : {})));
["problem", "quantity", "cost", "first", "second", "figure", "table"].forEach((id) => number(id));
for (const [id, name] of [["rate", "rate"], ["tau", "tau"], ["scrub", "k"]]) $(id).addEventListener("input", () => set({ [name]: Number($(id).value) }));
$("statistic").addEventListener("change", () => set({ statistic: $("statistic").value }));
$("logx").addEventListener("change", () => set({ logx: $("logx").checked ? "1" : "0" }));
$("logy").addEventListener("change", () => set({ logy: $("logy").checked ? 1 : 0 }));
$("filter").addEventListener("input", () => set({ filter: $("filter").value }));
$("all").addEventListener("click", () => set({ hidden: "" }));
$("theme").addEventListener("click", () => set({ theme: dark() ? "light" : "dark" }));
$("play").addEventListener("click", play);
$("download").addEventListener("click", download);
$("copy-markdown").addEventListener("click", () => copy(markdown));
$("copy-latex").addEventListener("click", () => copy(latex));
$("skip").addEventListener("click", (e) => { e.preventDefault(); $("main").focus(); });
document.querySelectorAll("form").forEach((f) => f.addEventListener("submit", (e) => e.preventDefault()));
addEventListener("hashchange", () => { readAddress(); render(); });
readAddress(); renderStill(); render();
document.documentElement.dataset.ready = "true";
})();
