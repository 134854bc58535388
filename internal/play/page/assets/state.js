// The state of the page in its link. What comes from a link is not trusted: only known fields of
// the right type are taken.
const number = (v, otherwise) => typeof v === "number" && Number.isFinite(v) ? v : otherwise
const text = (v, otherwise) => typeof v === "string" && v.length < 5000 ? v : otherwise

function settings(v, depth = 0) {
  const out = {}
  if (typeof v !== "object" || v === null || Array.isArray(v) || depth > 2) return out
  for (const [key, value] of Object.entries(v).slice(0, 40)) {
    if (typeof value === "string" && value.length < 5000 || typeof value === "boolean" || Number.isFinite(value)) out[key] = value
    else if (Array.isArray(value)) out[key] = list(value)
    else if (typeof value === "object" && value !== null) out[key] = settings(value, depth + 1)
  }
  return out
}

// list keeps numbers and words, as deep as a list of widths is.
const list = (v, depth = 0) => v.slice(0, 40).map((e) => Array.isArray(e) && depth < 1 ? list(e, depth + 1) : e).filter((e) => Array.isArray(e) || Number.isFinite(e) || typeof e === "string" && e.length < 100)

const side = (v) => Array.isArray(v) && v.length === 2 && v.every(Number.isFinite) && v[0] < v[1]

const component = (v) => typeof v === "object" && v !== null && text(v.name, "") ? {name: v.name, settings: settings(v.settings)} : null

let first // the setup of a new visitor
export const beginWith = (setup) => { first = setup }

export function clean(v) {
  const state = {...structuredClone(first), start: null, seed: 1}
  if (typeof v !== "object" || v === null) return state
  state.problem = component(v.problem) || state.problem
  if (Array.isArray(v.start) && v.start.length <= 2 && v.start.every(Number.isFinite)) state.start = v.start.map(Number)
  if (Array.isArray(v.methods)) {
    const methods = v.methods.slice(0, 4).map(component).filter(Boolean)
    if (methods.length > 0) state.methods = methods
  }
  if (v.window && side(v.window.x) && (v.window.y === undefined || side(v.window.y))) state.window = {x: v.window.x, ...(v.window.y ? {y: v.window.y} : {})}
  state.iterations = Math.min(20000, Math.max(1, Math.round(number(v.iterations, state.iterations))))
  state.seed = Math.min(1e9, Math.max(1, Math.round(number(v.seed, 1))))
  return state
}

// setupOf is what the engine is asked of a state.
export const setupOf = (state) => ({problem: state.problem, methods: state.methods, iterations: state.iterations, seed: state.seed, ...(state.start ? {start: state.start} : {}), ...(state.window ? {window: state.window} : {})})

export function fromLink() {
  const found = new URLSearchParams(location.hash.slice(1))
  const lesson = Math.max(0, parseInt(found.get("lesson"), 10) || 0)
  try {
    return {state: found.has("s") ? clean(JSON.parse(found.get("s"))) : null, lesson}
  } catch {
    return {state: null, lesson}
  }
}

export function link(state, lesson) {
  const out = new URLSearchParams()
  if (lesson) out.set("lesson", lesson)
  out.set("s", JSON.stringify(state))
  return location.href.replace(/#.*$/, "") + "#" + out
}

export function toLink(state, lesson) { history.replaceState(null, "", link(state, lesson)) }
