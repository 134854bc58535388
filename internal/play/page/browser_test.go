package page

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/gdbench/gdbench/internal/play/lesson"
)

// visit is the page in a browser, with what it complained about and asked for.
type visit struct {
	t        *testing.T
	ctx      context.Context
	address  string
	mutex    sync.Mutex
	problems []string
}

// open opens the page at an address in headless Chromium.
func open(t *testing.T, address string) *visit {
	t.Helper()
	v := start(t, address)
	v.ready()
	return v
}

// start is a browser at an address.
func start(t *testing.T, address string) *visit {
	t.Helper()
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium: install it (Debian: apt-get install chromium) or run ./test, which does")
		}
		t.Skip("no Chromium: the playground is not tested in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.WindowSize(1280, 900), chromedp.WSURLReadTimeout(2*time.Minute))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	v := &visit{t: t, ctx: ctx, address: address}
	chromedp.ListenTarget(ctx, v.listen)
	v.do(network.Enable(), chromedp.Navigate(address))
	return v
}

// listen notes errors on the console and requests for anything but the page.
func (v *visit) listen(event any) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		v.problems = append(v.problems, e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			v.problems = append(v.problems, "console: "+string(e.Args[0].Value))
		}
	case *network.EventRequestWillBeSent:
		address, _, _ := strings.Cut(v.address, "#")
		if url := e.Request.URL; !strings.HasPrefix(url, address) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") && url != "about:blank" {
			v.problems = append(v.problems, "request for "+url)
		}
	}
}

func (v *visit) do(actions ...chromedp.Action) {
	v.t.Helper()
	if err := chromedp.Run(v.ctx, actions...); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visit) ready() {
	v.t.Helper()
	v.do(chromedp.WaitReady(`html[data-ready]`, chromedp.ByQuery))
}

func ask[T any](v *visit, expression string) T {
	v.t.Helper()
	var answer T
	v.do(chromedp.Evaluate(expression, &answer, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return answer
}

func expect[T comparable](v *visit, what, expression string, want T) {
	v.t.Helper()
	if got := ask[T](v, expression); got != want {
		v.t.Errorf("%s: %v; expected %v", what, got, want)
	}
}

// eventually waits until an expression is true.
func (v *visit) eventually(what, expression string) {
	v.t.Helper()
	if !ask[bool](v, `new Promise((done) => { const began = Date.now(), wait = () => { let ok = false; try { ok = !!(`+expression+`) } catch {}
		if (ok || Date.now() - began > 20000) done(ok); else setTimeout(wait, 30) }; wait() })`) {
		v.t.Errorf("%s: it does not happen: %s", what, expression)
	}
}

// choose sets a control as a user would.
func (v *visit) choose(selector, value, event string) {
	v.t.Helper()
	ask[bool](v, `(() => { const e = document.querySelector(`+quote(selector)+`); e.value = `+quote(value)+`; e.dispatchEvent(new Event(`+quote(event)+`, {bubbles: true})); return true })()`)
}

func quote(s string) string { text, _ := json.Marshal(s); return string(text) }

const (
	said = `document.getElementById("words").textContent`
	path = `document.querySelectorAll("#picture circle").length`
)

// playground is a server with all lessons, opened at a fragment.
func playground(t *testing.T, fragment string) *visit {
	t.Helper()
	all, err := lesson.All()
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := lesson.JSON(all)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Listen("0", lessons)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go func() { _ = s.Serve(ctx) }()
	return open(t, s.URL+fragment)
}

func TestPlaygroundInBrowser(t *testing.T) {
	v := playground(t, "")
	v.walk(t)
	v.complaints()
}

// complaints are what the page wrote on the console, and requests that left it.
func (v *visit) complaints() {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for _, p := range v.problems {
		v.t.Errorf("the page complained or reached out: %s", p)
	}
}

// walk is a visit of all that the page can do.
func (v *visit) walk(t *testing.T) {
	t.Run("a click places the start", func(t *testing.T) {
		v.t = t
		v.do(chromedp.Click("#picture", chromedp.ByQuery)) // its middle
		v.eventually("the start in the middle", `Math.abs(document.getElementById("start-x").value) < 1 && location.hash.includes("start")`)
	})
	t.Run("the learning rate is dragged until it breaks", func(t *testing.T) {
		v.t = t
		v.choose("#start-x", "1", "change")
		v.choose("#methods input[type=range]", "-1", "input")
		v.eventually("converging", said+`.includes("converged")`)
		expect(v, "the mark of 2/L", `document.querySelector("#methods datalist option").label`, "2/L")
		v.choose("#methods input[type=range]", "-0.6", "input")
		v.eventually("diverging, with the reason", said+`.includes("diverged") && `+said+`.includes("× the limit 2/L")`)
		v.choose("#methods input[type=range]", "-1", "input")
		v.eventually("back", said+`.includes("converged")`)
	})
	t.Run("steps forward and back with their arithmetic", func(t *testing.T) {
		v.t = t
		v.do(chromedp.Click("#first", chromedp.ByQuery))
		expect(v, "at the start", path, 1)
		v.do(chromedp.Click("#forward", chromedp.ByQuery), chromedp.Click("#forward", chromedp.ByQuery), chromedp.Click("#back", chromedp.ByQuery))
		expect(v, "after one step", `document.getElementById("step").textContent.startsWith("1 of ")`, true)
		expect(v, "rows", `[...document.querySelectorAll("#arithmetic tbody th")].map((e) => e.textContent).join()`, "x,f(x),slope at x,lr,lr × slope,step taken,new x")
		expect(v, "new x = x − lr × slope", `(() => { const cells = [...document.querySelectorAll("#arithmetic td")].map((e) => e.textContent.replace(/[()]/g, "").split(", ").map(Number));
			return cells[0].every((x, i) => Math.abs(x - cells[4][i] - cells[6][i]) < 1e-3) })()`, true)
		v.do(chromedp.Click("#play", chromedp.ByQuery))
		v.eventually("it plays", `document.getElementById("scrub").value > 3`)
		v.do(chromedp.Click("#play", chromedp.ByQuery))
		expect(v, "paused", `document.getElementById("play").textContent`, "Play")
	})
	t.Run("methods are added and compared", func(t *testing.T) {
		v.t = t
		for range 3 {
			n := ask[int](v, `document.querySelectorAll("#methods fieldset").length`)
			v.do(chromedp.Click("#add", chromedp.ByQuery))
			v.choose(`#methods fieldset:last-child select`, []string{"newton", "adam", "nesterov"}[n-1], "change")
			v.eventually("one more", `document.querySelectorAll("#words h3").length === `+quote2(n+1))
		}
		expect(v, "no fifth", `document.getElementById("add").disabled`, true)
		v.do(chromedp.Click(`#methods fieldset:last-child button`, chromedp.ByQuery))
		v.eventually("removed", `document.querySelectorAll("#methods fieldset").length === 3`)
	})
	t.Run("a function is typed", func(t *testing.T) {
		v.t = t
		v.choose("#formula", "x^4 - 2*x^2", "change")
		v.eventually("a curve with its tangent", `document.getElementById("picture-name").textContent.includes("tangent")`)
		v.choose("#formula", "x^4 - 2*q", "change")
		v.eventually("a mistake is named", `document.getElementById("error").textContent.includes("unknown name")`)
		v.choose("#formula", "<img src=x onerror=alert(1)>", "change")
		v.eventually("text stays text", `document.getElementById("error").textContent.includes("column") && document.querySelectorAll("img").length === 0`)
		v.choose("#formula", "x^2/2", "change")
		v.eventually("mended", `document.getElementById("error").textContent === ""`)
	})
	t.Run("the link restores the state", func(t *testing.T) {
		v.t = t
		v.choose("#start-x", "3", "change")
		v.eventually("the start in the link", `decodeURIComponent(location.hash).includes('"start":[3]')`)
		v.eventually("the start in the suite", `document.getElementById("suite").textContent.includes("start: [3]")`)
		before := ask[string](v, `document.getElementById("suite").textContent`)
		address := ask[string](v, `location.href`)
		v.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
		v.ready()
		expect(v, "the same suite", `document.getElementById("suite").textContent`, before)
	})
	t.Run("hostile fragments do nothing", func(t *testing.T) {
		v.t = t
		base, _, _ := strings.Cut(v.address, "#")
		for _, state := range []string{`{`, `[]`, `{"problem":{"name":"<script>alert(1)</script>"}}`, `{"methods":[null,{"name":"__proto__"},7],"iterations":1e99,"start":["a"]}`, `{"problem":{"name":"quadratic","settings":{"__proto__":{"x":1},"path":"/etc/passwd"}}}`} {
			v.do(chromedp.Navigate("about:blank"), chromedp.Navigate(base+"#s="+url.QueryEscape(state)))
			v.ready()
			expect(v, "scripts after "+state, `document.querySelectorAll("body script, body img").length`, 0)
		}
	})
	t.Run("lessons reveal after a prediction", func(t *testing.T) {
		v.t = t
		v.choose("#lessons", "3", "change")
		v.eventually("four learning rates", `document.querySelectorAll("#words h3").length === 4 && !document.getElementById("lesson").hidden`)
		expect(v, "nothing revealed", `document.getElementById("lesson-answer").hidden && document.getElementById("reveal").disabled`, true)
		v.do(chromedp.Click(`#lesson-choices label:nth-child(2) input`, chromedp.ByQuery), chromedp.Click("#reveal", chromedp.ByQuery))
		expect(v, "the answer", `document.getElementById("lesson-answer").textContent.includes("Not quite: The jumps grow")`, true)
	})
	t.Run("pictures are taken along", func(t *testing.T) {
		v.t = t
		ask[bool](v, `(() => { window.files = {}; URL.createObjectURL = (blob) => { window.blob = blob; return "#" }; HTMLAnchorElement.prototype.click = function () { window.files[this.download] = window.blob }; return true })()`)
		v.choose("#iterations", "12", "change")
		v.eventually("few steps", `document.getElementById("scrub").max === "12"`)
		v.do(chromedp.Click("#save-svg", chromedp.ByQuery), chromedp.Click("#save-suite", chromedp.ByQuery), chromedp.Click("#save-gif", chromedp.ByQuery))
		v.eventually("the animation", `window.files["descent.gif"]`)
		expect(v, "it is a GIF that a browser reads", `(async () => { const image = await createImageBitmap(window.files["descent.gif"]); return image.width })()`, 640)
		expect(v, "frames", `(async () => { const d = new ImageDecoder({data: await window.files["descent.gif"].arrayBuffer(), type: "image/gif"}); await d.tracks.ready; await d.completed; return d.tracks.selectedTrack.frameCount })()`, 13)
		expect(v, "the picture", `window.files["descent.svg"].text().then((t) => t.startsWith("<svg") && t.includes("http://www.w3.org/2000/svg"))`, true)
		expect(v, "the suite", `window.files["playground.yaml"].text().then((t) => t.includes("budget: {iterations: 12}"))`, true)
	})
	for _, c := range []struct {
		name, theme   string
		width, height int64
	}{{"phone", "dark", 360, 740}, {"desktop", "light", 1280, 900}, {"projector", "light", 1920, 1080}} {
		t.Run(c.name, func(t *testing.T) {
			v.t = t
			v.do(chromedp.EmulateViewport(c.width, c.height))
			ask[bool](v, `document.documentElement.dataset.theme = `+quote(c.theme)+`; true`)
			expect(v, "no sideways scrolling", `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, pre, svg")).map((e) => e.tagName + "#" + e.id).join()`, "")
			v.axe()
			v.shoot(c.name)
		})
	}
}

func quote2(n int) string { text, _ := json.Marshal(n); return string(text) }

// shoot keeps a picture of the page where GDBENCH_SHOTS names a folder.
func (v *visit) shoot(name string) {
	folder := os.Getenv("GDBENCH_SHOTS")
	if folder == "" {
		return
	}
	var picture []byte
	v.do(chromedp.FullScreenshot(&picture, 100))
	if err := os.WriteFile(folder+"/"+name+".png", picture, 0o600); err != nil {
		v.t.Error(err)
	}
}

// axe runs axe-core and reports what it finds serious or worse.
func (v *visit) axe() {
	v.t.Helper()
	script, err := os.ReadFile("../../report/page/testdata/axe.min.js")
	if err != nil {
		v.t.Fatal(err)
	}
	ask[bool](v, string(script)+";true")
	found := ask[[]string](v, `axe.run().then((r) => { if (r.passes.length < 10) return ["axe ran only " + r.passes.length + " rules"];
		return r.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).join("; ")) })`)
	for _, f := range found {
		v.t.Error(f)
	}
}
