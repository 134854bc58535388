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

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

// offerOf is the offer that a problem is, if it is one.
export function offerOf(offers, problem) {
  return offers.problems.find((o) => o.name === problem.name && same(o.settings || {}, problem.settings || {}))
}

export function fillProblems(offers) {
  const select = $("problem")
  select.append(make("option", {value: ""}, "a typed function"))
  select.append(make("option", {value: "other", hidden: true}, ""))
  offers.problems.forEach((o, i) => select.append(make("option", {value: i}, `${o.name} (${o.dim === 1 ? "1 variable" : "2 variables"})`)))
}

// show writes the state into the form; change is called with what the user changes.
export function show(state, offers, record, change) {
  const offer = isFormula(state) ? null : offerOf(offers, state.problem)
  const dim = record ? record.problem.dim : 2
  const other = !offer && !isFormula(state)
  const option = $("problem").querySelector("option[value=other]")
  if (option) option.textContent = other ? `${state.problem.name} (${dim} variables)` : ""
  $("problem").value = offer ? offers.problems.indexOf(offer) : other ? "other" : ""
  if (document.activeElement !== $("formula")) $("formula").value = isFormula(state) ? state.problem.settings.of : ""
  $("summary").textContent = offer ? [offer.summary, offer.formula && "f = " + offer.formula].filter(Boolean).join(". ") : other ? (record ? record.problem.label : state.problem.name) : "A function that you typed; nothing is known of it but its derivatives."
  const start = state.start || (record && record.runs[0].x[0]) || []
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

function showMethods(state, offers, record, samples, change) {
  const shape = state.methods.map((m) => m.name).join() + samples
  if ($("methods").dataset.shape !== shape) {
    $("methods").replaceChildren(...state.methods.map((m, i) => card(state, offers, i, samples, change)))
    $("methods").dataset.shape = shape
  }
  state.methods.forEach((m, i) => {
    const box = $("methods").children[i], run = record && record.runs.length === state.methods.length ? record.runs[i] : null
    for (const input of box.querySelectorAll("[data-parameter]")) {
      const value = m.settings[input.dataset.parameter] ?? ""
      if (document.activeElement !== input) input.value = value
    }
    mark(box, run, m)
  })
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
  const select = make("select", {"aria-label": `Method ${i + 1}`, onchange: (e) => change((s) => { s.methods[i] = {name: e.target.value, settings: {}} })},
    ...offers.methods.map((o) => make("option", {value: o.name, selected: o.name === method.name}, o.name)))
  box.append(select, " ", make("button", {type: "button", disabled: state.methods.length === 1, "aria-label": `Remove method ${i + 1}`, onclick: () => change((s) => s.methods.splice(i, 1))}, "Remove"))
  if (!offer) return box
  box.append(make("p", {class: "soft"}, offer.summary))
  const shown = offer.parameters.filter((p) => p.name !== "batch" || samples > 0)
  const set = (p) => (e) => change((s) => {
    const v = e.target.value.trim()
    if (v === "") delete s.methods[i].settings[p.name]
    else s.methods[i].settings[p.name] = v
  })
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
