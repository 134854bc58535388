// Lessons: a question, a prediction before anything is shown, the runs, and further scenes.
import {make} from "./controls.js"

const $ = (id) => document.getElementById(id)

export class Lessons {
  // chosen(number, setup) opens a lesson; revealed() shows its runs; scene(setup) sets up another playground.
  constructor({chosen, revealed, scene}) {
    this.chosen = chosen
    this.revealed = revealed
    this.scene = scene
    this.all = []
    this.asking = false // the learner has not predicted yet: no run is shown
  }

  // load takes the lessons, and returns the setup of a new visitor.
  async load() {
    const response = await fetch("lessons.json"), found = await response.json()
    this.all = found.lessons
    for (const l of this.all) $("lessons").append(make("option", {value: l.number}, `${l.number}. ${l.title}`))
    $("lessons").addEventListener("change", (e) => this.open(Number(e.target.value)))
    $("reveal").addEventListener("click", () => this.reveal())
    $("lesson-choices").addEventListener("change", () => { $("reveal").disabled = false })
    return found.start
  }

  open(number) {
    this.chosen(number, this.show(number))
    scrollTo(0, 0)
  }

  // goOn opens a lesson from a button that is then gone: the focus goes to what is to be read.
  goOn(number) {
    this.open(number)
    $("lesson-title").focus({preventScroll: true})
  }

  // show opens a lesson, and returns the playground that it sets up.
  show(number) {
    const l = this.all.find((l) => l.number === number)
    $("lesson").hidden = !l
    $("lessons").value = l ? number : 0
    if (l && this.current === l) return l.play
    this.current = l
    this.ask(!!l)
    $("settings").open = !l
    $("lesson-answer").hidden = true
    if (!l) return null
    $("lesson-title").textContent = `Lesson ${l.number}: ${l.title}`
    $("lesson-question").textContent = l.question
    $("lesson-ask").textContent = l.predict.ask
    $("lesson-choices").replaceChildren(...l.predict.choices.map((c, i) => make("label", {}, make("input", {type: "radio", name: "prediction", value: i + 1}), c)))
    $("reveal").disabled = true
    return l.play
  }

  // ask hides the runs, and the picture where it has the answer, until there is a prediction.
  ask(yes) {
    this.asking = yes
    document.body.classList.toggle("asking", yes)
    document.body.classList.toggle("curtain", yes && !!this.current.predict.hide)
  }

  reveal() {
    const l = this.current, picked = document.querySelector("input[name=prediction]:checked")
    if (!l || !picked) return
    const right = Number(picked.value) === l.predict.answer, then = l.then || []
    const part = (title, text) => text ? [make("h3", {}, title), make("p", {}, text)] : []
    const seen = (scene) => make("ul", {}, ...scene.see.map((s) => make("li", {}, s.text)))
    const runs = (scene) => make("button", {type: "button", class: "scene", "aria-pressed": String(scene === l), onclick: async (e) => {
      await this.scene(scene.play)
      for (const b of document.querySelectorAll("#lesson-answer .scene")) b.setAttribute("aria-pressed", String(b === e.target))
    }}, "Show these runs")
    const next = this.all.find((other) => other.number === l.number + 1)
    $("lesson-answer").replaceChildren(
      make("p", {}, make("strong", {}, right ? "As you predicted: " : "Not quite: "), l.predict.choices[l.predict.answer - 1]),
      make("h3", {}, "What is seen"), seen(l), ...(then.length > 0 ? [runs(l)] : []),
      ...then.flatMap((scene) => [...part(scene.title, scene.text || " "), seen(scene), runs(scene)]),
      ...part("What is proved", l.proved), ...part("What a picture in the plane cannot show", l.beyond),
      ...(l.suite ? [make("h3", {}, "At full length"), make("p", {}, "On the command line: ", make("code", {}, `gdbench run ${l.suite}`))] : []),
      ...(next ? [make("button", {type: "button", id: "next-lesson", onclick: () => this.goOn(next.number)}, `Next lesson: ${next.title}`)] : []))
    $("lesson-answer").hidden = false
    if (!this.asking) return
    this.ask(false)
    this.revealed()
  }
}
