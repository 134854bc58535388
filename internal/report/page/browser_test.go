package page

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/gdbench/gdbench/internal/browsertest"
)

// open opens a page of data.
func open(t *testing.T, d *Data) *browsertest.Visit {
	t.Helper()
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
	v := browsertest.Open(t, "file://"+path)
	v.Ready()
	return v
}

// A bound is drawn dotted over the curve, within the axis, and its ratio in a strip beneath.
func TestBound(t *testing.T) {
	d := example()
	m := &d.Problems[0].Methods[0]
	m.Curves[0].Bound = &Bound{Theorem: "halving", X: Numbers{1, 10, 100}, Y: Numbers{1e9, 20, 2}, RatioX: Numbers{1, 10}, Ratio: Numbers{0.5, math.Inf(1)}}
	v := open(t, d)
	const dotted = `document.getElementById("curves").data.find((t) => t.line.dash === "dot")`
	v.Expect("the bound", `JSON.stringify(`+dotted+`.y)`, "[null,20,2]")
	const beneath = `document.getElementById("curves").data.find((t) => t.yaxis === "y2")`
	v.Expect("the ratio", `JSON.stringify(`+beneath+`.y)`, "[0.5,1000]")
	v.Choose("#cost", "1", "change")
	v.Expect("a strip over evaluations", `document.getElementById("curves").data.some((t) => t.yaxis === "y2")`, false)
	v.Complaints()
}

// overlaps names the texts and controls of the page, and the texts of one chart, that lie over each other.
const overlaps = `(() => {
	const seen = (e) => e.checkVisibility({ visibilityProperty: true }), out = [];
	const over = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
	const compare = (list) => list.forEach((a, i) => list.slice(i + 1).forEach((b) => {
		if (!a.contains(b) && !b.contains(a) && over(a.getBoundingClientRect(), b.getBoundingClientRect())) out.push(a.textContent.trim().slice(0, 40) + " | " + b.textContent.trim().slice(0, 40));
	}));
	compare([...document.querySelectorAll("h1, h2, h3, p, label, button, .chart, fieldset, .scroll, summary, pre, dl")].filter((e) => seen(e) && !e.closest("table") && !e.matches(".skip")));
	document.querySelectorAll(".chart").forEach((c) => compare([...c.querySelectorAll("text")].filter((e) => seen(e) && e.textContent)));
	return out.join("; ");
})()`

const lines = `document.getElementById("curves").data.length`

func TestBrowser(t *testing.T) {
	v := open(t, example())
	t.Run("the legend shows the lines", func(t *testing.T) {
		v.T = t
		const shown = `document.querySelectorAll("#legend-items line")[1]`
		v.Expect("colour", shown+`.getAttribute("stroke")`, "#D55E00")
		v.Expect("dashes", shown+`.getAttribute("stroke-dasharray")`, "5 2.5")
		v.Expect("a line like it", `document.getElementById("curves").data.some((t) => t.line.dash === "5px,2.5px" && t.line.color === "#D55E00")`, true)
	})
	t.Run("names stay text", func(t *testing.T) {
		v.T = t
		v.Expect("images", `document.querySelectorAll("img").length`, 0)
		v.Expect("title", `document.title`, "Report: "+nasty)
		v.Expect("heading", `document.querySelector("h1").textContent`, "Report: "+nasty)
		v.Expect("legend", `document.querySelectorAll("#legend-items label")[1].textContent`, nasty)
		v.Expect("bold text in charts", `[...document.querySelectorAll("#figure-chart .legendtext")].some((e) => e.textContent.includes("<b>bold</b>"))`, true)
	})
	t.Run("choices change the chart", func(t *testing.T) {
		v.T = t
		v.Expect("curves with bands", lines, 6)
		v.Choose("#statistic", "runs", "change")
		v.Expect("single runs", lines, 4)
		v.Choose("#statistic", "mean", "change")
		v.Expect("means", lines, 2)
		v.Choose("#cost", "1", "change")
		v.Expect("first x against evaluations", `document.getElementById("curves").data[0].x.length`, 2)
		v.Choose("#cost", "0", "change")
		v.Choose("#rate", "2", "input")
		v.Expect("slider", `document.getElementById("rate-value").textContent`, "1")
		v.Expect("curve of the slider", `document.getElementById("curves").data[0].name`, "sgd lr=1")
		v.Choose("#rate", "0", "input")
		v.Click(`#legend-items input`)
		v.Expect("after hiding one", lines, 1)
		v.Expect("linked figure", `document.getElementById("figure-chart").data.length`, 1)
		v.Click("#all")
		v.Expect("after showing all", lines, 2)
	})
	t.Run("the tau slider reads the profile", func(t *testing.T) {
		v.T = t
		v.Choose("#tau", "0", "input")
		v.Expect("at 1", `document.getElementById("tau-value").textContent.startsWith("1: sgd 50%")`, true)
		v.Expect("axis", `document.getElementById("tau-axis").textContent`, "τ")
		v.Choose("#tau", "100", "input")
		v.Expect("at 10", `document.getElementById("tau-value").textContent.startsWith("10: sgd 100%")`, true)
	})
	t.Run("the path plays", func(t *testing.T) {
		v.T = t
		v.Expect("no path on the first problem", `document.getElementById("path-section").hidden`, true)
		v.Choose("#problem", "1", "change")
		v.Expect("a path on the second", `document.getElementById("path-section").hidden`, false)
		v.Choose("#scrub", "1", "input")
		v.Expect("points up to iteration 1", `document.getElementById("path").data[2].x.length`, 2)
		v.Click("#play")
		v.Expect("the end", `new Promise((done) => { const wait = setInterval(() => { if (document.getElementById("play").textContent === "Play") { clearInterval(wait); done(document.getElementById("path").data[2].x.length) } }, 20) })`, 3)
	})
	t.Run("tables sort, filter and open from a cell", func(t *testing.T) {
		v.T = t
		const column = `[...document.querySelectorAll("#rows tbody tr")].map((r) => r.children[1].textContent).join(" ")`
		v.Click(`#rows th:nth-child(2) button`)
		v.Expect("ascending, as numbers", column, "9 20 100")
		v.Expect("aria-sort", `document.querySelector("#rows th:nth-child(2)").getAttribute("aria-sort")`, "ascending")
		v.Click(`#rows th:nth-child(2) button`)
		v.Expect("descending", column, "100 20 9")
		v.Click(`#rows th:nth-child(3) button`)
		v.Expect("infinity last", column, "9 20 100")
		v.Choose("#filter", "sgd", "input")
		v.Expect("filtered", column, "20 100")
		v.Choose("#filter", "", "input")
		v.Choose("#figure", "1", "change")
		v.Expect("the boundary of stability", `JSON.stringify(document.getElementById("figure-chart").layout.shapes.map((s) => [s.x0, s.x1, s.y0, s.y1]))`, "[[0.5,0.5,-0.5,0.5]]")
		v.Run(`document.getElementById("figure-chart").emit("plotly_click", {points: [{pointNumber: [0, 1]}]})`)
		v.Expect("the runs behind a cell", column, "100")
		v.Choose("#filter", "", "input")
	})
	t.Run("tables and numbers are taken along", func(t *testing.T) {
		v.T = t
		v.Run(`Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText: async (text) => { window.taken = text }}});
			URL.createObjectURL = (blob) => { window.blob = blob; return "#" }; HTMLAnchorElement.prototype.click = function () { window.file = this.download }`)
		v.Choose("#filter", "sgd", "input")
		v.Click("#copy-markdown")
		v.Expect("rows as Markdown", `window.taken.split("\n").length - 1`, 4)
		v.Expect("the head", `window.taken.split("\n").slice(0, 2).join(" ")`, "| method | iterations | final gap | |---|---:|---:|")
		v.Click("#copy-latex")
		v.Expect("booktabs", `["\\toprule", "\\midrule", "\\bottomrule", "\\end{tabular}"].every((word) => window.taken.includes(word))`, true)
		v.Expect("status", `document.getElementById("status").textContent`, "Copied.")
		v.Choose("#filter", "", "input")
		v.Choose("#figure", "0", "change")
		v.Click("#download")
		v.Expect("the file", `window.file`, "performance-profile.csv")
		v.Expect("its numbers", `window.blob.text().then((text) => text.split("\n").slice(0, 2).join(" "))`, `label,x,y,low,high "sgd",1,0.5,,`)
	})
	t.Run("the address restores the view", func(t *testing.T) {
		v.T = t
		v.Choose("#problem", "1", "change")
		v.Choose("#statistic", "runs", "change")
		v.Choose("#filter", "lr=1", "input")
		v.Go(browsertest.Ask[string](v, `location.href`))
		v.Expect("problem", `document.getElementById("problem").value`, "1")
		v.Expect("statistic", `document.getElementById("statistic").value`, "runs")
		v.Expect("filter", `document.querySelectorAll("#rows tbody tr").length`, 1)
	})
	t.Run("an address that means nothing is ignored", func(t *testing.T) {
		v.T = t
		for _, bad := range []string{"quantity=-1", "cost=0.5", "problem=7&figure=x", "k=-9&tau=1e9", "table=-1&sort=-1,up", "statistic=none&logx=9&theme=pink", "constructor=1&toString=2", "hidden=%", "rate=99999"} {
			v.Go(v.Address + "#" + bad)
			v.Expect(bad+": the chart", `document.getElementById("curves").data.length > 0`, true)
			v.Expect(bad+": the choices", `["problem", "quantity", "cost", "statistic", "figure", "table"].every((id) => document.getElementById(id).selectedIndex >= 0)`, true)
		}
		v.Go(v.Address)
	})
	t.Run("the list of figures follows the problem", func(t *testing.T) {
		v.T = t
		const shown = `[...document.getElementById("figure").options].map((o) => o.textContent).join("; ")`
		v.Expect("those of the first problem", shown, "Performance profile; Heat map; Steps on bowl")
		v.Choose("#figure", "2", "change")
		v.Choose("#problem", "1", "change")
		v.Expect("those of the second", shown, "Performance profile; Heat map; Steps there")
		v.Expect("the same kind", `document.getElementById("figure").selectedOptions[0].textContent`, "Steps there")
		v.Choose("#problem", "0", "change")
		v.Choose("#figure", "0", "change")
	})
	t.Run("two methods are compared by problem", func(t *testing.T) {
		v.T = t
		const rows = `[...document.querySelectorAll("#versus-rows tbody tr")].map((r) => [...r.children].slice(1).map((c) => c.textContent).join(" ")).join("; ")`
		v.Expect("the second with the first", rows, "9 0.5 [0.333, 0.667] 0.01 0.02 cheaper")
		v.Expect("in words", `document.getElementById("versus-caption").textContent`, nasty+" beside sgd, cost in passes to 0.1: cheaper on 1 of 1 problem, dearer on 0. Left of the dashed line the first is cheaper; bars are intervals of 95%.")
		v.Choose("#second", "1", "change")
		v.Expect("one with itself", `document.getElementById("versus-caption").textContent`, "Choose two methods.")
		v.Choose("#first", "0", "change")
		v.Expect("the first with the second", rows, "9 2 [1.5, 3] 0.01 0.02 dearer; 1 – – – – both missed the target")
		v.Expect("the interval", `JSON.stringify([document.getElementById("versus-chart").data[0].x, document.getElementById("versus-chart").data[0].error_x.array])`, "[[2],[1]]")
	})
	t.Run("failed runs have their messages", func(t *testing.T) {
		v.T = t
		v.Expect("a command", `document.querySelector("#headline code").textContent`, "gdbench review x")
		v.Expect("how many", `document.querySelector("#failed summary").textContent`, "2 runs failed or were skipped")
		v.Expect("which", `document.querySelector("#failed li").textContent`, nasty+" on bowl, failed in 2 runs: panic: "+nasty)
	})
	t.Run("themes", func(t *testing.T) {
		v.T = t
		before := browsertest.Ask[string](v, `getComputedStyle(document.body).backgroundColor`)
		v.Click("#theme")
		if after := browsertest.Ask[string](v, `getComputedStyle(document.body).backgroundColor`); after == before {
			t.Errorf("the background stays %s", after)
		}
	})
	t.Run("nothing serious for axe", func(t *testing.T) { v.T = t; v.Axe() })
	t.Run("on a phone", func(t *testing.T) {
		v.T = t
		for _, width := range []int64{360, 390} {
			v.Do(chromedp.EmulateViewport(width, 740))
			v.Go(v.Address)
			v.Expect("no sideways scrolling", `document.documentElement.scrollWidth <= innerWidth`, true)
			v.Expect("what lies over other things", overlaps, "")
		}
		v.Axe()
	})
	v.T = t
	v.Complaints()
}

func TestEmptyPageInBrowser(t *testing.T) {
	v := open(t, &Data{Title: "empty"})
	v.Expect("sections hidden", `document.getElementById("convergence").hidden && document.getElementById("versus").hidden && document.getElementById("failed").hidden && document.getElementById("tables").hidden`, true)
	v.Complaints()
}
