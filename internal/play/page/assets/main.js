// The page: it asks the engine whenever the state changes, and draws what comes back.
import {ask, prepare} from "./engine.js"
import {another, fillProblems, refit, show} from "./controls.js"
import {course, cut, fit, gap, marked, picture, steps} from "./figures.js"
import {Lessons} from "./lessons.js"
import {beginWith, clean, fromLink, link, setupOf, toLink} from "./state.js"
import {saveGIF, saveSVG, saveText} from "./save.js"
import {arithmetic, legend, sentences} from "./words.js"

const $ = (id) => document.getElementById(id)
let state, offers = {problems: [], methods: []}, record, frame_, k = 0, timer = 0, lesson = 0, asked = 0

const patience = 400 // milliseconds after which the page says that it waits

const runOf = (state) => ({ask: "run", setup: setupOf(state)})
const offersOf = () => ({ask: "offers"})

async function update() {
  const mine = ++asked
  fit()
  stop()
  toLink(state, lesson)
  const waiting = setTimeout(() => { $("busy").textContent = "Computing…" }, patience)
  let reply
  try {
    reply = await ask(runOf(state))
  } catch (e) {
    reply = {error: e.message}
  }
  clearTimeout(waiting)
  if (mine !== asked) return // the state has changed since
  $("busy").textContent = ""
  $("error").textContent = (reply.error || "") + (reply.error && record ? "\nWhat is shown below is from before." : "")
  if (!reply.error) {
    record = reply.record
    const most = Math.max(...record.runs.map((r) => Math.max(0, r.f.length - 1)))
    $("scrub").max = most
    k = most
    $("suite").textContent = record.suite
    $("words").replaceChildren(...sentences(record))
  }
  show(state, offers, reply.error ? null : record, change)
  if (record) {
    draw()
    if (performance.getEntriesByName("first picture").length === 0) performance.mark("first picture")
  }
  if (offers.methods.length > 0) document.documentElement.dataset.ready = asked
}

// quiet is a record before a prediction: the start, and nothing of the runs.
const quiet = (record) => ({...record, runs: record.runs.map((r) => ({...r, x: r.x.slice(0, 1), gradient: []}))})

function draw() {
  frame_ = record.picture ? picture($("picture"), lessons.asking ? quiet(record) : record, k) : course($("picture"), record, k) || null
  $("legend").replaceChildren(...legend(record))
  gap($("gap"), record, k)
  $("dots").hidden = !record.runs.some((r) => r.theorem && r.theorem.gap)
  steps($("length"), record, k)
  $("arithmetic").replaceChildren(arithmetic(record, k))
  $("scrub").value = k
  $("step").textContent = `${k} of ${$("scrub").max}`
  $("picture-name").textContent = caption()
}

// caption says what the picture shows.
function caption() {
  const {dim} = record.problem
  if (!record.picture) return `f at each step, since a function of ${dim} variables has no picture. ` + (cut(record) ? "What rises above the start is cut; the small picture has it." : "")
  const weights = record.problem.samples > 0 && dim === 2 ? "x and y are the weights. " : ""
  if (lessons.asking) return weights + (dim === 1 ? "The start on the curve f. " : "The start, and lines of equal f. ") + marked(record)
  if (dim === 1) return `The curve f with the tangent at the current point, and the next step as an arrow. Step ${k}.`
  return weights + "Lines of equal f; the thin arrow is the direction of the gradient (uphill), where that is not nearly zero, the thick one the next step. " + marked(record) + `Step ${k}.`
}

function change(edit) {
  edit(state, record)
  show(state, offers, record, change) // at once, though the engine may take its time
  update()
}

function go(to) {
  if (!record) return
  k = Math.max(0, Math.min(Number($("scrub").max), to))
  draw()
}

function stop() {
  clearInterval(timer)
  timer = 0
  $("play").textContent = "Play"
}

const seconds = 6 // that all steps take, at least

function play() {
  if (timer) return stop()
  if (k >= Number($("scrub").max)) go(0)
  $("play").textContent = "Pause"
  const most = Math.max(1, Number($("scrub").max)), pause = Math.max(30, Math.min(400, seconds * 1000 / most))
  const stride = Math.max(1, Math.round(most * pause / (seconds * 1000)))
  timer = setInterval(() => {
    if (k >= Number($("scrub").max)) return stop()
    go(k + stride)
  }, pause)
}

function place(event) {
  if (!frame_) return
  const box = $("picture").getBoundingClientRect(), view = $("picture").viewBox.baseVal
  const [x, y] = frame_.back((event.clientX - box.left) / box.width * view.width, (event.clientY - box.top) / box.height * view.height)
  const round = (v, side) => Number(v.toFixed(Math.max(0, 3 - Math.floor(Math.log10(side[1] - side[0])))))
  change((s) => { s.start = record.problem.dim === 1 ? [round(x, record.picture.window.x)] : [round(x, record.picture.window.x), round(y, record.picture.window.y)] })
}

function typed() {
  const of = $("formula").value.trim()
  if (of !== "") change((s) => { s.problem = {name: "expression", settings: {of}}; s.start = null; delete s.window })
}

function startTyped() {
  const x = [$("start-x").value, ...(record && record.problem.dim === 2 ? [$("start-y").value] : [])].map(Number)
  if (x.every(Number.isFinite)) change((s) => { s.start = x })
}

// arrows move the start when the picture has the focus.
function arrows(event) {
  const move = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key]
  if (!move || !record || !record.picture) return
  event.preventDefault()
  const x = state.start || record.problem.start || record.runs[0].x[0], [left, right] = record.picture.window.x, unit = (right - left) / 50
  change((s) => { s.start = x.map((v, i) => Number((v + unit * move[i]).toPrecision(6))) })
}

function listen() {
  $("controls").addEventListener("submit", (e) => { e.preventDefault(); typed() })
  $("problem").addEventListener("change", (e) => {
    const o = offers.problems[e.target.value]
    if (o) change((s) => { s.problem = {name: o.name, settings: {...o.settings}}; s.start = null; delete s.window; refit(s, offers, o) })
    else $("formula").focus()
  })
  $("formula").addEventListener("change", typed)
  $("start-x").addEventListener("change", startTyped)
  $("start-y").addEventListener("change", startTyped)
  $("add").addEventListener("click", () => change((s, record) => s.methods.push(another(offers, s, record))))
  $("iterations").addEventListener("change", (e) => change((s) => { s.iterations = clean({iterations: Number(e.target.value)}).iterations }))
  $("seed").addEventListener("change", (e) => change((s) => { s.seed = clean({seed: Number(e.target.value)}).seed }))
  $("first").addEventListener("click", () => go(0))
  $("back").addEventListener("click", () => go(k - 1))
  $("forward").addEventListener("click", () => go(k + 1))
  $("play").addEventListener("click", play)
  $("scrub").addEventListener("input", (e) => go(Number(e.target.value)))
  $("picture").addEventListener("click", place)
  $("picture").addEventListener("keydown", arrows)
  $("copy-link").addEventListener("click", async () => {
    await navigator.clipboard.writeText(link(state, lesson)).then(() => { $("status").textContent = "Copied." }, () => { $("status").textContent = "The address of this page is the link." })
  })
  $("save-svg").addEventListener("click", () => saveSVG($("picture")))
  $("save-gif").addEventListener("click", () => saveGIF($("picture"), Number($("scrub").max), (to) => go(to), $("status")))
  $("save-suite").addEventListener("click", () => record && saveText("playground.yaml", record.suite, "application/yaml"))
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"
  })
  window.addEventListener("hashchange", restore)
  window.addEventListener("keydown", (e) => { if (e.key === "Escape") stop() })
}

function restore() {
  const found = fromLink()
  lesson = found.lesson
  const set = lessons.show(lesson)
  if (found.state) state = found.state
  else if (set || !state) state = clean(set)
  return update()
}

const lessons = new Lessons({
  chosen: (number, setup) => {
    lesson = number
    if (setup) state = clean(setup)
    update()
  },
  revealed: () => {
    draw()
    $("stage").scrollIntoView({block: "nearest"})
    if (record && !matchMedia("(prefers-reduced-motion: reduce)").matches) play()
  },
  scene: async (setup) => {
    state = clean(setup)
    await update()
    $("stage").scrollIntoView({block: "nearest"})
  },
})

async function begin() {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
  beginWith(await lessons.load())
  const found = prepare("offers", offersOf), list = found.then(() => ask(offersOf()))
  await prepare("lesson-" + fromLink().lesson, (setup) => runOf(clean(setup)))
  await restore() // the first picture, before the lists of what else there is
  try {
    const reply = await list
    if (reply.error) throw new Error(reply.error)
    offers = reply.offers
  } catch (e) {
    $("error").textContent = e.message
    return
  }
  fillProblems(offers)
  delete $("methods").dataset.shape
  show(state, offers, record, change)
  listen()
  document.documentElement.dataset.ready = asked
}

begin()
