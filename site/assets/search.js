// Search over the sections of all pages: each word has to occur; those in a title count more.
const input = document.getElementById("search"), list = document.getElementById("found")
let sections

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")

async function search() {
  const words = plain(input.value).split(/\s+/).filter(Boolean)
  if (words.length === 0) return list.replaceChildren()
  sections ??= (await (await fetch("search.json")).json()).map((s) => ({...s, inTitle: plain(s.title), inText: plain(s.text)}))
  const hits = []
  for (const s of sections) {
    let score = 0
    const all = words.every((w) => {
      const title = s.inTitle.includes(w), text = s.inText.includes(w)
      score += (title ? 10 : 0) + (text ? 1 : 0)
      return title || text
    })
    if (all) hits.push([score - s.inText.length / 1e5, s])
  }
  hits.sort((a, b) => b[0] - a[0])
  list.replaceChildren(...hits.slice(0, 12).map(([, s]) => {
    const item = document.createElement("li"), a = document.createElement("a"), small = document.createElement("small")
    a.href = s.page
    a.textContent = s.title
    const at = Math.max(0, s.inText.indexOf(words[0]) - 40)
    small.textContent = s.text.slice(at, at + 140).trim()
    item.append(a, small)
    return item
  }))
  if (hits.length === 0) {
    const none = document.createElement("li")
    none.textContent = "Nothing found."
    list.replaceChildren(none)
  }
}

input.addEventListener("input", search)
