// The engine in a worker: it loads once, and is ended by the page when it takes too long.
importScripts("wasm_exec.js")
const ready = (async () => {
  const response = await fetch("engine.wasm.gz")
  if (!response.ok) throw new Error("engine.wasm.gz: " + response.status)
  let stream = response.body
  if (response.headers.get("Content-Encoding") !== "gzip") stream = stream.pipeThrough(new DecompressionStream("gzip"))
  const go = new Go()
  const bytes = await new Response(stream, {headers: {"Content-Type": "application/wasm"}})
  const {instance} = await WebAssembly.instantiateStreaming(bytes, go.importObject)
  go.run(instance)
  postMessage("ready")
})()
onmessage = async (event) => {
  try {
    await ready
    postMessage(gdbench(event.data))
  } catch (e) {
    postMessage(JSON.stringify({error: "the engine does not start: " + e.message}))
  }
}
