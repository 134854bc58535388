// Lessons: a question, a prediction before the answer, and the playground set up.
import {make} from "./controls.js"

const $ = (id) => document.getElementById(id)

export class Lessons {
  constructor(chosen) {
    this.chosen = chosen
    this.all = []
  }

  async load() {
    const response = await fetch("lessons.json")
    if (response.ok) this.all = await response.json()
    for (const l of this.all) $("lessons").append(make("option", {value: l.number}, `${l.number}. ${l.title}`))
    $("lessons").addEventListener("change", (e) => {
      const number = Number(e.target.value)
      this.chosen(number, this.show(number))
    })
    $("reveal").addEventListener("click", () => this.reveal())
    $("lesson-choices").addEventListener("change", () => { $("reveal").disabled = false })
  }

  // show opens a lesson, and returns the playground that it sets up.
  show(number) {
    const l = this.all.find((l) => l.number === number)
    $("lesson").hidden = !l
    $("lessons").value = l ? number : 0
    if (!l) return null
    if (this.current === l) return l.play
    this.current = l
    $("lesson-title").textContent = `Lesson ${l.number}: ${l.title}`
    $("lesson-question").textContent = l.question
    $("lesson-ask").textContent = l.predict.ask
    $("lesson-choices").replaceChildren(...l.predict.choices.map((c, i) => make("label", {}, make("input", {type: "radio", name: "prediction", value: i + 1}), c)))
    $("reveal").disabled = true
    $("lesson-answer").hidden = true
    return l.play
  }

  reveal() {
    const l = this.current, picked = document.querySelector("input[name=prediction]:checked")
    if (!l || !picked) return
    const right = Number(picked.value) === l.predict.answer
    const part = (title, text) => text ? [make("h3", {}, title), make("p", {}, text)] : []
    $("lesson-answer").replaceChildren(
      make("p", {}, make("strong", {}, right ? "As you predicted: " : "Not quite: "), l.predict.choices[l.predict.answer - 1]),
      make("h3", {}, "What is seen"), make("ul", {}, ...l.see.map((s) => make("li", {}, s.text))),
      ...part("What is proved", l.proved), ...part("What a picture in the plane cannot show", l.beyond),
      ...(l.suite ? part("At full length", `gdbench run ${l.suite}`) : []))
    $("lesson-answer").hidden = false
  }
}
