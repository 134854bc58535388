// The form: which function, which start, which methods with which settings.
import {colors} from "./draw.js"

const $ = (id) => document.getElementById(id)

export function make(tag, attributes = {}, ...children) {
  const e = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value)
    else if (value !== false) e.setAttribute(key, value === true ? "" : value)
  }
  e.append(...children)
  return e
}

export const isFormula = (state) => typeof state.problem.settings.of === "string"

// offerOf is the offer that a problem is, if it is one, perhaps with other settings.
export function offerOf(offers, problem, dim) {
  return offers.problems.find((o) => o.name === problem.name && o.dim === dim)
}

// grouped are the options of a list: those to begin with, then the others under headings.
const grouped = (offers, option, headings) => [
  make("optgroup", {label: "To begin with"}, ...offers.flatMap((o, i) => o.more ? [] : [option(o, i)])),
  ...headings.map(([label, of]) => make("optgroup", {label}, ...offers.flatMap((o, i) => o.more && of(o) ? [option(o, i)] : [])))]

const variables = (n) => n === 1 ? "1 variable" : n + " variables"

export function fillProblems(offers) {
  $("problem").replaceChildren(make("option", {value: ""}, "a typed function"), make("option", {value: "other", hidden: true}, ""),
    ...grouped(offers.problems, (o, i) => make("option", {value: i}, `${o.name} (${variables(o.dim)})`), [1, 2].map((n) => ["More, in " + variables(n), (o) => o.dim === n])))
}

// methodWith is a method with the settings with which it is offered. Its rate suits the function where the
// default needs a constant that is not known.
function methodWith(offer, record) {
  const rate = offer.parameters.find((p) => p.name === "lr"), fitting = record && record.problem.rate
  return {name: offer.name, settings: {...offer.settings, ...(rate && fitting && fitting !== "1/L" && rate.default.includes("L") ? {lr: fitting} : {})}}
}

// another is the first method of the list that is not there yet, with the rate of the first one beside which
// it is seen.
export function another(offers, state, record) {
  const offer = offers.methods.find((o) => state.methods.every((m) => m.name !== o.name)), method = methodWith(offer, record), rate = state.methods[0].settings.lr
  if (rate && offer.parameters.some((p) => p.name === "lr")) method.settings.lr = rate
  return method
}

// refit gives the methods the rate of another function: that of the one before means nothing there.
export function refit(state, offers, problem) {
  for (const m of state.methods) {
    const o = offers.methods.find((o) => o.name === m.name), rate = o && o.parameters.find((p) => p.name === "lr")
    if (rate && problem.rate && rate.default === "1/L") m.settings.lr = problem.rate
  }
}

// show writes the state into the form; change is called with what the user changes.
export function show(state, offers, record, change) {
  const dim = record ? record.problem.dim : 2, offer = isFormula(state) ? null : offerOf(offers, state.problem, dim)
  const other = !offer && !isFormula(state)
  const option = $("problem").querySelector("option[value=other]")
  if (option) option.textContent = other ? `${state.problem.name} (${variables(dim)})` : ""
  $("problem").value = offer ? offers.problems.indexOf(offer) : other ? "other" : ""
  if (document.activeElement !== $("formula")) $("formula").value = isFormula(state) ? state.problem.settings.of : ""
  const typed = offer && offer.typed && JSON.stringify(state.problem.settings) === JSON.stringify(offer.settings || {})
  $("summary").textContent = offer ? [offer.summary, (typed || offer.formula) && "f = " + (typed ? offer.typed : offer.formula)].filter(Boolean).join(". ") : other ? (record ? record.problem.label : state.problem.name) : "A function that you typed; nothing is known of it but its derivatives."
  showSettings(state, offer, change)
  const start = state.start || (record && (record.runs[0].x[0] || record.problem.start)) || []
  $("start").hidden = dim > 2
  $("start-y-label").hidden = dim !== 2
  if (document.activeElement !== $("start-x")) $("start-x").value = start[0] ?? ""
  if (document.activeElement !== $("start-y")) $("start-y").value = start[1] ?? ""
  $("iterations").value = state.iterations
  $("seed").value = state.seed
  const samples = record ? record.problem.samples || 0 : 0
  $("seed-label").hidden = samples === 0
  $("add").disabled = state.methods.length >= 4
  showMethods(state, offers, record, samples, change)
}

// showSettings are the fields of a function that has parameters.
function showSettings(state, offer, change) {
  const box = $("problem-settings"), parameters = offer ? offer.parameters.filter((p) => p.name !== "dim") : []
  box.hidden = parameters.length === 0
  const shape = offer && parameters.length > 0 ? offer.name : ""
  if (box.dataset.shape !== shape) {
    box.replaceChildren(make("summary", {}, "Settings of the function"), ...parameters.map((p) => field(p, "function", setting(p.name, (s) => s.problem.settings, change))))
    box.dataset.shape = shape
  }
  fill(box, state.problem.settings)
}

// fill writes settings into their fields.
function fill(box, settings) {
  for (const input of box.querySelectorAll("[data-parameter]")) {
    const value = settings[input.dataset.parameter] ?? ""
    if (document.activeElement !== input && typeof value !== "object") input.value = value
  }
}

// setting takes over what a field says; an empty one is the default.
const setting = (name, of, change) => (e) => change((s) => {
  const v = e.target.value.trim(), settings = of(s)
  if (v === "") delete settings[name]
  else settings[name] = v
})

function showMethods(state, offers, record, samples, change) {
  const shape = state.methods.map((m) => m.name).join() + samples
  if ($("methods").dataset.shape !== shape) {
    keepingFocus($("methods"), () => $("methods").replaceChildren(...state.methods.map((m, i) => card(state, offers, i, samples, change))))
    $("methods").dataset.shape = shape
  }
  state.methods.forEach((m, i) => {
    const box = $("methods").children[i], run = record && record.runs.length === state.methods.length ? record.runs[i] : null
    fill(box, m.settings)
    mark(box, run, m)
  })
}

const controls = (card) => [...card.querySelectorAll("select, input, button, summary")]

// keepingFocus makes cards again, and puts the focus where it was: in the same place of the same card, or
// of the last one.
function keepingFocus(box, make) {
  const at = [...box.children].findIndex((card) => card.contains(document.activeElement))
  const place = at < 0 ? 0 : controls(box.children[at]).indexOf(document.activeElement)
  make()
  if (at < 0) return
  const card = box.children[Math.min(at, box.children.length - 1)], found = controls(card)[place]
  if (found && !found.disabled) found.focus()
  else controls(card)[0].focus()
}

// The slider of a learning rate goes over six powers of ten around the limit, where that is known.
const middle = (run) => run && run.limit && run.limit.limit ? Math.log10(run.limit.limit) : -1

function mark(box, run, method) {
  const slider = box.querySelector("input[type=range]")
  if (!slider) return
  const center = middle(run)
  const list = box.querySelector("datalist"), said = box.querySelector(".limit")
  if (document.activeElement !== slider || slider.dataset.center === undefined) {
    slider.min = center - 3
    slider.max = center + 1
    slider.dataset.center = center
  }
  const rate = run && run.rate ? run.rate.value : Number(method.settings.lr)
  if (rate > 0 && document.activeElement !== slider) slider.value = Math.log10(rate)
  slider.setAttribute("aria-valuetext", String(rate))
  const known = run && run.limit && run.limit.limit
  list.replaceChildren(...known ? [make("option", {value: Math.log10(run.limit.limit), label: run.limit.formula})] : [])
  said.textContent = known ? `limit ${run.limit.formula} = ${Number(run.limit.limit.toPrecision(4))}` : "no limit is known here"
}

function card(state, offers, i, samples, change) {
  const method = state.methods[i], offer = offers.methods.find((o) => o.name === method.name)
  const box = make("fieldset", {class: "method"}, make("legend", {}, make("span", {class: "key", style: "border-color:" + colors[i]}), `Method ${i + 1}`))
  const select = make("select", {"aria-label": `Method ${i + 1}`, onchange: (e) => change((s, record) => { s.methods[i] = methodWith(offers.methods.find((o) => o.name === e.target.value), record) })},
    ...(offer ? [] : [make("option", {value: method.name, selected: true}, method.name)]),
    ...grouped(offers.methods, (o) => make("option", {value: o.name, selected: o.name === method.name}, o.name), [["More", () => true]]))
  box.append(select, " ", make("button", {type: "button", disabled: state.methods.length === 1, "aria-label": `Remove method ${i + 1}`, onclick: () => change((s) => s.methods.splice(i, 1))}, "Remove"))
  if (!offer) return box
  box.append(make("p", {class: "soft"}, offer.summary))
  const shown = offer.parameters.filter((p) => p.name !== "batch" || samples > 0)
  const set = (p) => setting(p.name, (s) => s.methods[i].settings, change)
  for (const p of shown.filter((p) => p.name === "lr")) {
    const marks = `marks-${i}`
    box.append(make("div", {class: "rate"},
      make("label", {}, "Learning rate ", make("input", {type: "text", size: 8, "data-parameter": "lr", "aria-label": `Learning rate of method ${i + 1}`, placeholder: p.default, onchange: set(p)})),
      make("input", {type: "range", step: "any", list: marks, "aria-label": `Learning rate of method ${i + 1}, slider`,
        oninput: (e) => change((s) => { s.methods[i].settings.lr = String(Number((10 ** e.target.value).toPrecision(3))) })}),
      make("datalist", {id: marks}), make("span", {class: "limit soft"})))
  }
  const rest = shown.filter((p) => p.name !== "lr"), first = rest.filter((p) => p.name === "batch" || p.name === "momentum" || p.name === "norm"), more = rest.filter((p) => !first.includes(p))
  box.append(...first.map((p) => field(p, i, set(p))))
  if (more.length > 0) box.append(make("details", {}, make("summary", {}, "Further settings"), ...more.map((p) => field(p, i, set(p)))))
  return box
}

function field(p, i, onchange) {
  const common = {"data-parameter": p.name, title: p.doc, onchange}
  const input = p.oneof ? make("select", common, make("option", {value: ""}, p.default || "default"), ...p.oneof.map((o) => make("option", {value: o}, o)))
    : make("input", {type: "text", size: 8, placeholder: p.default, ...common})
  return make("label", {}, p.name + " ", input)
}
