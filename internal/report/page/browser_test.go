package page

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// visit is the page in a browser, with what it complained about and asked for.
type visit struct {
	t        *testing.T
	ctx      context.Context
	address  string
	mutex    sync.Mutex
	problems []string
}

// open opens a page in headless Chromium. Where there is none the test is skipped, saying
// what is missing, except where CI promises one.
func open(t *testing.T, d *Data) *visit {
	t.Helper()
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		const missing = "no Chromium: the page is not tested in a browser; install it (Debian: apt-get install chromium) or run ./test, which does"
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	path := filepath.Join(t.TempDir(), "report.html")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(file, d); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.WindowSize(1200, 900), chromedp.WSURLReadTimeout(2*time.Minute))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	v := &visit{t: t, ctx: ctx, address: "file://" + path}
	chromedp.ListenTarget(ctx, v.listen)
	v.do(network.Enable(), chromedp.Navigate(v.address))
	v.ready()
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
		if url := e.Request.URL; !strings.HasPrefix(url, v.address) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") {
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
	v.do(chromedp.WaitVisible(`html[data-ready="true"]`, chromedp.ByQuery))
}

// ask evaluates an expression in the page.
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

// choose sets a control as a user would.
func (v *visit) choose(id, value, event string) {
	v.t.Helper()
	ask[bool](v, `(() => { const e = document.getElementById(`+quote(id)+`); e.value = `+quote(value)+`; e.dispatchEvent(new Event(`+quote(event)+`, {bubbles: true})); return true })()`)
}

func quote(s string) string { text, _ := json.Marshal(s); return string(text) }

// A bound is drawn dotted over the curve, within the axis, and its ratio in a strip beneath.
func TestBound(t *testing.T) {
	d := example()
	m := &d.Problems[0].Methods[0]
	m.Curves[0].Bound = &Bound{Theorem: "halving", X: Numbers{1, 10, 100}, Y: Numbers{1e9, 20, 2}, RatioX: Numbers{1, 10}, Ratio: Numbers{0.5, math.Inf(1)}}
	v := open(t, d)
	const dotted = `document.getElementById("curves").data.find((t) => t.line.dash === "dot")`
	expect(v, "the bound", `JSON.stringify(`+dotted+`.y)`, "[null,20,2]")
	const beneath = `document.getElementById("curves").data.find((t) => t.yaxis === "y2")`
	expect(v, "the ratio", `JSON.stringify(`+beneath+`.y)`, "[0.5,1000]")
	v.choose("cost", "1", "change")
	expect(v, "a strip over evaluations", `document.getElementById("curves").data.some((t) => t.yaxis === "y2")`, false)
	if len(v.problems) > 0 {
		t.Error(v.problems)
	}
}

const lines = `document.getElementById("curves").data.length`

func TestBrowser(t *testing.T) {
	v := open(t, example())
	t.Run("the legend shows the lines", func(t *testing.T) {
		v.t = t
		const shown = `document.querySelectorAll("#legend-items line")[1]`
		expect(v, "colour", shown+`.getAttribute("stroke")`, "#D55E00")
		expect(v, "dashes", shown+`.getAttribute("stroke-dasharray")`, "5 2.5")
		expect(v, "a line like it", `document.getElementById("curves").data.some((t) => t.line.dash === "5px,2.5px" && t.line.color === "#D55E00")`, true)
	})
	t.Run("names stay text", func(t *testing.T) {
		v.t = t
		expect(v, "images", `document.querySelectorAll("img").length`, 0)
		expect(v, "title", `document.title`, "Report: "+nasty)
		expect(v, "heading", `document.querySelector("h1").textContent`, "Report: "+nasty)
		expect(v, "legend", `document.querySelectorAll("#legend-items label")[1].textContent`, nasty)
		expect(v, "bold text in charts", `[...document.querySelectorAll("#figure-chart .legendtext")].some((e) => e.textContent.includes("<b>bold</b>"))`, true)
	})
	t.Run("choices change the chart", func(t *testing.T) {
		v.t = t
		expect(v, "curves with bands", lines, 6)
		v.choose("statistic", "runs", "change")
		expect(v, "single runs", lines, 4)
		v.choose("statistic", "mean", "change")
		expect(v, "means", lines, 2)
		v.choose("cost", "1", "change")
		expect(v, "first x against evaluations", `document.getElementById("curves").data[0].x.length`, 2)
		v.choose("cost", "0", "change")
		v.choose("rate", "2", "input")
		expect(v, "slider", `document.getElementById("rate-value").textContent`, "1")
		expect(v, "curve of the slider", `document.getElementById("curves").data[0].name`, "sgd lr=1")
		v.choose("rate", "0", "input")
		v.do(chromedp.Click(`#legend-items input`, chromedp.ByQuery))
		expect(v, "after hiding one", lines, 1)
		expect(v, "linked figure", `document.getElementById("figure-chart").data.length`, 1)
		v.do(chromedp.Click("#all", chromedp.ByQuery))
		expect(v, "after showing all", lines, 2)
	})
	t.Run("the tau slider reads the profile", func(t *testing.T) {
		v.t = t
		v.choose("tau", "0", "input")
		expect(v, "at 1", `document.getElementById("tau-value").textContent.startsWith("1: sgd 50%")`, true)
		expect(v, "axis", `document.getElementById("tau-axis").textContent`, "τ")
		v.choose("tau", "100", "input")
		expect(v, "at 10", `document.getElementById("tau-value").textContent.startsWith("10: sgd 100%")`, true)
	})
	t.Run("the path plays", func(t *testing.T) {
		v.t = t
		expect(v, "no path on the first problem", `document.getElementById("path-section").hidden`, true)
		v.choose("problem", "1", "change")
		expect(v, "a path on the second", `document.getElementById("path-section").hidden`, false)
		v.choose("scrub", "1", "input")
		expect(v, "points up to iteration 1", `document.getElementById("path").data[2].x.length`, 2)
		v.do(chromedp.Click("#play", chromedp.ByQuery))
		expect(v, "the end", `new Promise((done) => { const wait = setInterval(() => { if (document.getElementById("play").textContent === "Play") { clearInterval(wait); done(document.getElementById("path").data[2].x.length) } }, 20) })`, 3)
	})
	t.Run("tables sort, filter and open from a cell", func(t *testing.T) {
		v.t = t
		const column = `[...document.querySelectorAll("#rows tbody tr")].map((r) => r.children[1].textContent).join(" ")`
		v.do(chromedp.Click(`#rows th:nth-child(2) button`, chromedp.ByQuery))
		expect(v, "ascending, as numbers", column, "9 20 100")
		expect(v, "aria-sort", `document.querySelector("#rows th:nth-child(2)").getAttribute("aria-sort")`, "ascending")
		v.do(chromedp.Click(`#rows th:nth-child(2) button`, chromedp.ByQuery))
		expect(v, "descending", column, "100 20 9")
		v.do(chromedp.Click(`#rows th:nth-child(3) button`, chromedp.ByQuery))
		expect(v, "infinity last", column, "9 20 100")
		v.choose("filter", "sgd", "input")
		expect(v, "filtered", column, "20 100")
		v.choose("filter", "", "input")
		v.choose("figure", "1", "change")
		expect(v, "the boundary of stability", `JSON.stringify(document.getElementById("figure-chart").layout.shapes.map((s) => [s.x0, s.x1, s.y0, s.y1]))`, "[[0.5,0.5,-0.5,0.5]]")
		ask[bool](v, `(() => { document.getElementById("figure-chart").emit("plotly_click", {points: [{pointNumber: [0, 1]}]}); return true })()`)
		expect(v, "the runs behind a cell", column, "100")
		v.choose("filter", "", "input")
	})
	t.Run("tables and numbers are taken along", func(t *testing.T) {
		v.t = t
		ask[bool](v, `(() => { Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText: async (text) => { window.taken = text }}});
			URL.createObjectURL = (blob) => { window.blob = blob; return "#" }; HTMLAnchorElement.prototype.click = function () { window.file = this.download }; return true })()`)
		v.choose("filter", "sgd", "input")
		v.do(chromedp.Click("#copy-markdown", chromedp.ByQuery))
		expect(v, "rows as Markdown", `window.taken.split("\n").length - 1`, 4)
		expect(v, "the head", `window.taken.split("\n").slice(0, 2).join(" ")`, "| method | iterations | final gap | |---|---:|---:|")
		v.do(chromedp.Click("#copy-latex", chromedp.ByQuery))
		expect(v, "booktabs", `["\\toprule", "\\midrule", "\\bottomrule", "\\end{tabular}"].every((word) => window.taken.includes(word))`, true)
		expect(v, "status", `document.getElementById("status").textContent`, "Copied.")
		v.choose("filter", "", "input")
		v.choose("figure", "0", "change")
		v.do(chromedp.Click("#download", chromedp.ByQuery))
		expect(v, "the file", `window.file`, "performance-profile.csv")
		expect(v, "its numbers", `window.blob.text().then((text) => text.split("\n").slice(0, 2).join(" "))`, `label,x,y,low,high "sgd",1,0.5,,`)
	})
	t.Run("the address restores the view", func(t *testing.T) {
		v.t = t
		v.choose("problem", "1", "change")
		v.choose("statistic", "runs", "change")
		v.choose("filter", "lr=1", "input")
		address := ask[string](v, `location.href`)
		v.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
		v.ready()
		expect(v, "problem", `document.getElementById("problem").value`, "1")
		expect(v, "statistic", `document.getElementById("statistic").value`, "runs")
		expect(v, "filter", `document.querySelectorAll("#rows tbody tr").length`, 1)
	})
	t.Run("an address that means nothing is ignored", func(t *testing.T) {
		v.t = t
		address := strings.SplitN(ask[string](v, `location.href`), "#", 2)[0]
		for _, bad := range []string{"quantity=-1", "cost=0.5", "problem=7&figure=x", "k=-9&tau=1e9", "table=-1&sort=-1,up", "statistic=none&logx=9&theme=pink", "constructor=1&toString=2", "hidden=%", "rate=99999"} {
			v.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#"+bad))
			v.ready()
			expect(v, bad+": the chart", `document.getElementById("curves").data.length > 0`, true)
			expect(v, bad+": the choices", `["problem", "quantity", "cost", "statistic", "figure", "table"].every((id) => document.getElementById(id).selectedIndex >= 0)`, true)
		}
		v.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
		v.ready()
	})
	t.Run("the list of figures follows the problem", func(t *testing.T) {
		v.t = t
		const shown = `[...document.getElementById("figure").options].map((o) => o.textContent).join("; ")`
		expect(v, "those of the first problem", shown, "Performance profile; Heat map; Steps on bowl")
		v.choose("figure", "2", "change")
		v.choose("problem", "1", "change")
		expect(v, "those of the second", shown, "Performance profile; Heat map; Steps there")
		expect(v, "the same kind", `document.getElementById("figure").selectedOptions[0].textContent`, "Steps there")
		v.choose("problem", "0", "change")
		v.choose("figure", "0", "change")
	})
	t.Run("themes", func(t *testing.T) {
		v.t = t
		before := ask[string](v, `getComputedStyle(document.body).backgroundColor`)
		v.do(chromedp.Click("#theme", chromedp.ByQuery))
		if after := ask[string](v, `getComputedStyle(document.body).backgroundColor`); after == before {
			t.Errorf("the background stays %s", after)
		}
	})
	t.Run("nothing serious for axe", func(t *testing.T) { v.t = t; v.axe() })
	t.Run("on a phone", func(t *testing.T) {
		v.t = t
		v.do(chromedp.EmulateViewport(360, 740))
		expect(v, "no sideways scrolling", `document.documentElement.scrollWidth <= 360`, true)
		v.axe()
	})
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for _, p := range v.problems {
		if !strings.Contains(p, "about:blank") {
			t.Errorf("the page complained or reached out: %s", p)
		}
	}
}

// axe runs axe-core and reports what it finds serious or worse.
func (v *visit) axe() {
	v.t.Helper()
	script, err := os.ReadFile("testdata/axe.min.js")
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

func TestEmptyPageInBrowser(t *testing.T) {
	v := open(t, &Data{Title: "empty"})
	expect(v, "sections hidden", `document.getElementById("convergence").hidden && document.getElementById("tables").hidden`, true)
	if len(v.problems) > 0 {
		t.Errorf("the page complained: %v", v.problems)
	}
}
