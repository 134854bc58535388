// The engine answers requests of the page: gdbench behind a server on this machine, or the same
// program as WebAssembly in a worker.
const patience = 10000 // milliseconds after which a request is stopped

function local() {
  return async (request) => {
    const response = await fetch("api", {
      method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(request),
      signal: AbortSignal.timeout(patience + 2000),
    })
    if (!response.ok) throw new Error("gdbench play has ended, or refuses this page: " + response.status)
    return response.json()
  }
}

function inWorker() {
  let worker, ready = false, waiting = null, queue = []
  const start = () => {
    worker = new Worker("worker.js")
    ready = false
    worker.onmessage = (event) => {
      if (event.data !== "ready") return finish(event.data)
      ready = true
      performance.mark("engine ready")
      if (waiting) watch()
    }
    worker.onerror = (event) => {
      worker = null
      finish(JSON.stringify({error: "the engine has failed: " + event.message}))
    }
  }
  const watch = () => { // a function that never returns; to load the engine takes as long as the network does
    waiting.timer = setTimeout(() => {
      worker.terminate()
      worker = null
      finish(JSON.stringify({error: "stopped: the descents took too long; lower the iterations, or shorten the function"}))
    }, patience)
  }
  const finish = (text) => {
    if (!waiting) return
    clearTimeout(waiting.timer)
    waiting.resolve(JSON.parse(text))
    waiting = null
    next()
  }
  const next = () => {
    if (waiting || queue.length === 0) return
    waiting = queue.shift()
    if (!worker) start()
    worker.postMessage(JSON.stringify(waiting.request))
    if (ready) watch()
  }
  start() // while the page draws what is prepared
  return (request) => new Promise((resolve) => {
    queue.push({request, resolve})
    next()
  })
}

const site = document.documentElement.dataset.engine === "worker"

// Answers that the static site has beside the engine, by their requests, so that the first picture does
// not wait for it.
const prepared = new Map()

export async function prepare(name, requestOf) {
  if (!site) return
  try {
    const response = await fetch(`prepared/${name}.json`)
    if (!response.ok) return
    const found = await response.json()
    prepared.set(JSON.stringify(requestOf(found.setup)), found.reply)
  } catch { /* the engine answers */ }
}

const engine = site ? inWorker() : local()

export const ask = async (request) => prepared.get(JSON.stringify(request)) || engine(request)
