package page

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/gdbench/gdbench/internal/browsertest"
)

const (
	said = `document.getElementById("words").textContent`
	path = `document.querySelectorAll("#picture circle").length`
)

func TestPlaygroundInBrowser(t *testing.T) {
	_, lessons := lessonsAndJSON(t)
	v := browsertest.Open(t, serving(t, lessons).URL)
	v.Ready()
	walk(t, v)
	v.T = t
	v.Complaints()
}

// walk is a visit of all that the page can do.
func walk(t *testing.T, v *browsertest.Visit) {
	t.Run("a click places the start", func(t *testing.T) {
		v.T = t
		v.Click("#picture") // its middle
		v.Eventually("the start in the middle", `Math.abs(document.getElementById("start-x").value) < 1 && location.hash.includes("start")`)
	})
	t.Run("the learning rate is dragged until it breaks", func(t *testing.T) {
		v.T = t
		v.Choose("#start-x", "1", "change")
		v.Choose("#methods input[type=range]", "-1", "input")
		v.Eventually("converging", said+`.includes("converged")`)
		v.Expect("the mark of 2/L", `document.querySelector("#methods datalist option").label`, "2/L")
		v.Choose("#methods input[type=range]", "-0.6", "input")
		v.Eventually("diverging, with the reason", said+`.includes("diverged") && `+said+`.includes("× the limit 2/L")`)
		v.Choose("#methods input[type=range]", "-1", "input")
		v.Eventually("back", said+`.includes("converged")`)
		box := browsertest.Ask[[]float64](v, `(() => { const s = document.querySelector("#methods input[type=range]"); s.scrollIntoView({block: "end"}); const r = s.getBoundingClientRect(); return [r.left, r.width, r.top + r.height / 2] })()`)
		at := func(share float64) (x, y float64) { return box[0] + float64(share*box[1]), box[2] }
		mouse := func(kind input.MouseType, share float64) {
			x, y := at(share)
			v.Do(chromedp.MouseEvent(kind, x, y, chromedp.ButtonType(input.Left)))
		}
		mouse(input.MousePressed, 0.4)
		for share := 0.45; share < 0.95; share += 0.1 {
			mouse(input.MouseMoved, share)
		}
		v.Eventually("diverging while the mouse is down", said+`.includes("diverged")`)
		mouse(input.MouseMoved, 0.5)
		mouse(input.MouseReleased, 0.5)
		v.Eventually("and back", said+`.length > 0 && !`+said+`.includes("diverged")`)
	})
	t.Run("steps forward and back with their arithmetic", func(t *testing.T) {
		v.T = t
		v.Click("#first")
		v.Expect("at the start", path, 1)
		v.Click("#forward", "#forward", "#back")
		v.Expect("after one step", `document.getElementById("step").textContent.startsWith("1 of ")`, true)
		v.Expect("rows", `[...document.querySelectorAll("#arithmetic tbody th")].map((e) => e.textContent).join()`, "x,f(x),slope at x,lr,lr × slope,step taken,new x")
		v.Expect("new x = x − lr × slope", `(() => { const cells = [...document.querySelectorAll("#arithmetic td")].map((e) => e.textContent.replace(/[()]/g, "").split(", ").map(Number));
			return cells[0].every((x, i) => Math.abs(x - cells[4][i] - cells[6][i]) < 1e-3) })()`, true)
		v.Click("#play")
		v.Eventually("it plays", `document.getElementById("scrub").value > 3`)
		v.Click("#play")
		v.Expect("paused", `document.getElementById("play").textContent`, "Play")
	})
	t.Run("methods are added and compared", func(t *testing.T) {
		v.T = t
		for range 3 {
			n := browsertest.Ask[int](v, `document.querySelectorAll("#methods fieldset").length`)
			v.Click("#add")
			v.Choose(`#methods fieldset:last-child select`, []string{"newton", "adam", "nesterov"}[n-1], "change")
			v.Eventually("one more", `document.querySelectorAll("#words h3").length === `+strconv.Itoa(n+1))
		}
		v.Expect("no fifth", `document.getElementById("add").disabled`, true)
		v.Click(`#methods fieldset:last-child button`)
		v.Eventually("removed", `document.querySelectorAll("#methods fieldset").length === 3`)
	})
	t.Run("functions are chosen from the catalogue", func(t *testing.T) {
		v.T = t
		v.Expect("those to begin with come first", `[...document.querySelectorAll("#problem optgroup")].map((g) => g.label).join()`, "To begin with,More, in 1 variable,More, in 2 variables")
		chooseFunction(v, "beale")
		v.Eventually("another function, with a rate that suits it", `document.getElementById("suite").textContent.includes("{name: beale}") && document.getElementById("suite").textContent.includes("{name: fixed-step, lr: 0.01}") && !`+said+`.includes("diverged")`)
		v.Expect("it has no settings", shown("#problem-settings"), false)
		chooseFunction(v, "quadratic")
		v.Eventually("its own rate", `document.getElementById("suite").textContent.includes("{name: fixed-step, lr: 1/L}")`)
		v.Choose(`#problem-settings [data-parameter="condition"]`, "50", "change")
		v.Eventually("its settings", `document.getElementById("suite").textContent.includes("{name: quadratic, condition: 50, dim: 2}")`)
		v.Expect("still chosen", `document.querySelector("#problem").selectedOptions[0].textContent`, "quadratic (2 variables)")
		chooseFunction(v, "rosenbrock")
		v.Eventually("its rate", `document.getElementById("suite").textContent.includes("lr: 0.0007")`)
		v.Choose(`#methods select`, "clipped-gradient", "change")
		v.Eventually("a method whose default needs L has a rate", `document.getElementById("suite").textContent.includes("{name: clipped-gradient, lr: 0.0007}")`)
		v.Choose(`#methods select`, "fixed-step", "change")
	})
	t.Run("what theory promises is said and drawn", func(t *testing.T) { v.T = t; promised(v) })
	t.Run("a function is typed", func(t *testing.T) {
		v.T = t
		v.Choose("#formula", "x^4 - 2*x^2", "change")
		v.Eventually("a curve with its tangent", `document.getElementById("picture-name").textContent.includes("tangent")`)
		v.Choose("#formula", "x^4 - 2*q", "change")
		v.Eventually("a mistake is named", `document.getElementById("error").textContent.includes("unknown name")`)
		v.Choose("#formula", "<img src=x onerror=alert(1)>", "change")
		v.Eventually("text stays text", `document.getElementById("error").textContent.includes("column") && document.querySelectorAll("img").length === 0`)
		v.Choose("#formula", "x^2/2", "change")
		v.Eventually("mended, and nothing is said of what was before", `document.getElementById("error").textContent === ""`)
	})
	t.Run("the link restores the state", func(t *testing.T) {
		v.T = t
		v.Choose("#start-x", "3", "change")
		v.Eventually("the start in the link", `decodeURIComponent(location.hash).includes('"start":[3]')`)
		v.Eventually("the start in the suite", `document.getElementById("suite").textContent.includes("start: [3]")`)
		before := browsertest.Ask[string](v, `document.getElementById("suite").textContent`)
		v.Go(browsertest.Ask[string](v, `location.href`))
		v.Expect("the same suite", `document.getElementById("suite").textContent`, before)
	})
	t.Run("hostile fragments do nothing", func(t *testing.T) {
		v.T = t
		for _, state := range []string{`{`, `[]`, `{"problem":{"name":"<script>alert(1)</script>"}}`, `{"methods":[null,{"name":"__proto__"},7],"iterations":1e99,"start":["a"]}`, `{"problem":{"name":"quadratic","settings":{"__proto__":{"x":1},"path":"/etc/passwd"}}}`,
			`{"problem":{"name":"expression","settings":{"of":"sum(i, 0, 100000, sum(j, 0, 100000, sin(i*j*x)))"}}}`, `{"problem":{"name":"expression","settings":{"of":"` + strings.Repeat("(", 4000) + `x"}}}`,
			`{"window":{"x":[1e308,-1e308],"y":"no"},"start":[1e308,-1e308]}`, `{"problem":{"name":"logistic","settings":{"data":{"name":"csv","path":"/etc/passwd"}}}}`} {
			v.Go(v.Address + "#s=" + url.QueryEscape(state))
			v.Expect("scripts after "+state, `document.querySelectorAll("body script, body img").length`, 0)
		}
		for _, fragment := range []string{"#lesson=1e99", "#lesson=-3", "#lesson=__proto__", "#lesson=999&s=%00", "#%E0%A4%A"} {
			v.Go(v.Address + fragment)
			v.Expect("the page works after "+fragment, `document.getElementById("error").textContent === "" && document.querySelectorAll("#picture path").length > 0`, true)
		}
	})
	t.Run("lessons reveal after a prediction", func(t *testing.T) {
		v.T = t
		v.Choose("#lessons", "3", "change")
		v.Eventually("four learning rates", `document.querySelectorAll("#words h3").length === 4 && !document.getElementById("lesson").hidden`)
		v.Expect("nothing revealed", `document.getElementById("lesson-answer").hidden && document.getElementById("reveal").disabled`, true)
		v.Expect("no run is shown", shown("#said"), false)
		v.Click(`#lesson-choices label:nth-child(2) input`, "#reveal")
		v.Expect("the runs are shown", shown("#said"), true)
		v.Expect("the answer", `document.getElementById("lesson-answer").textContent.includes("Not quite: The jumps grow")`, true)
	})
	t.Run("pictures are taken along", func(t *testing.T) {
		v.T = t
		v.Run(`window.files = {}; URL.createObjectURL = (blob) => { window.blob = blob; return "#" }; HTMLAnchorElement.prototype.click = function () { window.files[this.download] = window.blob }`)
		v.Choose("#iterations", "12", "change")
		v.Eventually("few steps", `document.getElementById("scrub").max === "12"`)
		v.Click("#save-svg", "#save-suite", "#save-gif")
		v.Eventually("the animation", `window.files["descent.gif"]`)
		v.Expect("it is a GIF that a browser reads", `(async () => { const image = await createImageBitmap(window.files["descent.gif"]); return image.width })()`, 640)
		v.Expect("frames", `(async () => { const d = new ImageDecoder({data: await window.files["descent.gif"].arrayBuffer(), type: "image/gif"}); await d.tracks.ready; await d.completed; return d.tracks.selectedTrack.frameCount })()`, 13)
		v.Expect("the picture", `window.files["descent.svg"].text().then((t) => t.startsWith("<svg") && t.includes("http://www.w3.org/2000/svg"))`, true)
		v.Expect("the suite", `window.files["playground.yaml"].text().then((t) => t.includes("budget: {iterations: 12}"))`, true)
	})
	for _, c := range []struct {
		name, theme   string
		width, height int64
	}{{"phone", "dark", 360, 740}, {"desktop", "light", 1280, 900}, {"projector", "light", 1920, 1080}} {
		t.Run(c.name, func(t *testing.T) {
			v.T = t
			v.Do(chromedp.EmulateViewport(c.width, c.height))
			browsertest.Ask[bool](v, `document.documentElement.dataset.theme = `+browsertest.Quote(c.theme)+`; true`)
			v.Expect("no sideways scrolling", overflow, "")
			v.Axe()
			v.ShootPage(c.name)
		})
	}
}

// chooseFunction takes a function from the list.
func chooseFunction(v *browsertest.Visit, name string) {
	v.T.Helper()
	v.Choose("#problem", browsertest.Ask[string](v, `[...document.querySelectorAll("#problem option")].find((o) => o.textContent.startsWith(`+browsertest.Quote(name+" (")+`)).value`), "change")
}

// drawn is the power of ten at which the line of dots ends in the small picture, by the numbers of its scale.
const drawn = `(() => { const scale = [...document.querySelectorAll("#gap text")].filter((e) => e.textContent.startsWith("1e")).map((e) => [Number(e.textContent.slice(2)), Number(e.getAttribute("y"))])
	const end = Number(document.querySelector("#gap path[stroke-dasharray='1 4']").getAttribute("d").split(" ").at(-1)), [low, high] = [scale[0], scale.at(-1)]
	return low[0] + (end + 4 - low[1]) / (high[1] - low[1]) * (high[0] - low[0]) })()`

// promised compares what the page promises of gradient descent on (x² + 10y²)/2 from (1, 1) with what is
// proved of quadratics, LR²/2·max{a(1 − aαL)²ᵏ, (1 − αL)²ᵏ}. With α = 0.15 the larger one is a = μ/L.
func promised(v *browsertest.Visit) {
	chooseFunction(v, "quadratic")
	v.Choose("#start-x", "1", "change")
	v.Choose("#start-y", "1", "change")
	rate := func(lr string) { v.Choose("#methods input[data-parameter=lr]", lr, "change") }
	rate("0.15")
	v.Choose("#iterations", "50", "change")
	const promise = `document.querySelector(".promise").textContent`
	want := math.Pow(1-0.15, 100)
	v.Eventually(fmt.Sprintf("a promise of %v", want), fmt.Sprintf(`Math.abs(Number(%s.match(/^theory promises that f − f\* is at most (\S+) after 50 steps/)[1]) / %v - 1) < 1e-3`, promise, want))
	v.Eventually("dots down to there", fmt.Sprintf(`Math.abs(%s - %v) < 0.02`, drawn, math.Log10(want)))
	v.Expect("what the dots are", shown("#dots"), true)
	rate("0.25")
	v.Eventually("no promise beyond 2/L, and why", promise+`.startsWith("no theorem promises that it converges: lr is 1.25 × the limit 2/L")`)
	v.Expect("conditions and growing bounds", `/condition|stability/.test(`+said+`)`, false)
	v.Expect("dots", `document.querySelectorAll("#gap path[stroke-dasharray='1 4']").length`, 0)
	v.Expect("what no dots are", shown("#dots"), false)
	rate("0.1")
	v.Choose("#iterations", "1", "change")
	v.Eventually("one step", `document.getElementById("scrub").max === "1"`)
	v.Expect("parts of steps", `[...document.querySelectorAll("#gap text, #length text")].filter((e) => e.textContent.includes(".")).length`, 0)
	v.Expect("its ends", `["0", "1"].every((n) => [...document.querySelectorAll("#length text")].some((e) => e.textContent === n))`, true)
	v.Choose("#iterations", "50", "change")
}
