// What the user takes along: files that are made in the page.
import {encode} from "./gif.js"

function save(name, blob) {
  const a = document.createElement("a")
  a.href = URL.createObjectURL(blob)
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10000)
}

export const saveText = (name, text, type) => save(name, new Blob([text], {type}))

// source is the picture as a file of its own, with the colours of the page.
function source(svg) {
  const copy = svg.cloneNode(true), page = getComputedStyle(document.body), view = svg.viewBox.baseVal
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("width", view.width)
  copy.setAttribute("height", view.height)
  copy.setAttribute("color", page.color)
  copy.setAttribute("font-family", "Arial, Helvetica, sans-serif")
  copy.setAttribute("style", "background:" + page.backgroundColor)
  copy.removeAttribute("tabindex")
  return new XMLSerializer().serializeToString(copy)
}

export const saveSVG = (svg) => saveText("descent.svg", source(svg), "image/svg+xml")

async function pixels(svg) {
  const image = new Image(), view = svg.viewBox.baseVal
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source(svg))
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = view.width
  canvas.height = view.height
  const context = canvas.getContext("2d", {willReadFrequently: true})
  context.fillStyle = getComputedStyle(document.body).backgroundColor
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, canvas.width, canvas.height).data
}

const mostFrames = 60

export async function saveGIF(svg, last, go, status) {
  const count = Math.min(last + 1, mostFrames), frames = []
  for (let i = 0; i < count; i++) {
    status.textContent = `Picture ${i + 1} of ${count}`
    go(count === 1 ? last : Math.round(i / (count - 1) * last))
    frames.push(await pixels(svg))
  }
  const view = svg.viewBox.baseVal
  save("descent.gif", new Blob([encode(frames, view.width, view.height, Math.max(4, Math.round(600 / count)))], {type: "image/gif"}))
  status.textContent = "Saved."
}
