// Package browsertest opens pages of gdbench in headless Chromium, for tests of what a reader sees
// and does.
package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Visit is a page in a browser, with what it complained about and asked for. T is the test that
// fails; a subtest puts itself there.
type Visit struct {
	T       *testing.T
	Address string // without a fragment

	ctx      context.Context
	mutex    sync.Mutex
	problems []string
}

// Open opens the page at an address. Where there is no Chromium the test is skipped, saying what is
// missing, except where CI promises one.
func Open(t *testing.T, address string) *Visit {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.WindowSize(1280, 900), chromedp.WSURLReadTimeout(2*time.Minute))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	v := &Visit{T: t, ctx: ctx}
	v.Address, _, _ = strings.Cut(address, "#")
	chromedp.ListenTarget(ctx, v.listen)
	// A page has the focus, whatever else the machine does.
	v.Do(network.Enable(), emulation.SetFocusEmulationEnabled(true), chromedp.Navigate(address))
	return v
}

// chromium is the path of the browser.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "no Chromium: the page is not tested in a browser; install it (Debian: apt-get install chromium) or run ./test, which does"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// listen notes errors on the console and requests for anything but the page.
func (v *Visit) listen(event any) {
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
		if url := e.Request.URL; !strings.HasPrefix(url, v.Address) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") && url != "about:blank" {
			v.problems = append(v.problems, "request for "+url)
		}
	}
}

// Complaints fails the test for what the page wrote on the console, and for requests that left it.
func (v *Visit) Complaints() {
	v.T.Helper()
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for _, p := range v.problems {
		v.T.Errorf("the page complained or reached out: %s", p)
	}
}

// Do runs actions in the page.
func (v *Visit) Do(actions ...chromedp.Action) {
	v.T.Helper()
	if err := chromedp.Run(v.ctx, actions...); err != nil {
		v.T.Fatal(err)
	}
}

// Click clicks elements, each given by a selector.
func (v *Visit) Click(selectors ...string) {
	v.T.Helper()
	for _, selector := range selectors {
		v.Do(chromedp.Click(selector, chromedp.ByQuery))
	}
}

// Ready waits until the page says that it is ready.
func (v *Visit) Ready() {
	v.T.Helper()
	v.Do(chromedp.WaitReady(`html[data-ready]`, chromedp.ByQuery))
}

// Go leaves the page and opens an address as a new visitor would.
func (v *Visit) Go(address string) {
	v.T.Helper()
	v.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	v.Ready()
}

// Run runs statements in the page.
func (v *Visit) Run(statements string) {
	v.T.Helper()
	v.evaluate(`(() => { `+statements+`; return true })()`, new(bool))
}

// Ask evaluates an expression in the page, and waits for what it promises.
func Ask[T any](v *Visit, expression string) T {
	v.T.Helper()
	var answer T
	v.evaluate(expression, &answer)
	return answer
}

func (v *Visit) evaluate(expression string, answer any) {
	v.T.Helper()
	v.Do(chromedp.Evaluate(expression, answer, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
}

// Expect compares the value of an expression in the page.
func (v *Visit) Expect(what, expression string, want any) {
	v.T.Helper()
	got := reflect.New(reflect.TypeOf(want))
	v.evaluate(expression, got.Interface())
	if got := got.Elem().Interface(); got != want {
		v.T.Errorf("%s: %v; expected %v", what, got, want)
	}
}

// Eventually waits until an expression is true.
func (v *Visit) Eventually(what, expression string) {
	v.T.Helper()
	if !Ask[bool](v, `new Promise((done) => { const began = Date.now(), wait = () => { let ok = false; try { ok = !!(`+expression+`) } catch {}
		if (ok || Date.now() - began > 20000) done(ok); else setTimeout(wait, 30) }; wait() })`) {
		v.T.Errorf("%s: it does not happen: %s", what, expression)
	}
}

// Choose sets a control as a user would.
func (v *Visit) Choose(selector, value, event string) {
	v.T.Helper()
	v.Run(`const e = document.querySelector(` + Quote(selector) + `); e.value = ` + Quote(value) + `; e.dispatchEvent(new Event(` + Quote(event) + `, {bubbles: true}))`)
}

// Quote is a text as a literal of JavaScript.
func Quote(text string) string { literal, _ := json.Marshal(text); return string(literal) }

// Shoot keeps a picture of what is in the window, where GDBENCH_SHOTS names a folder.
func (v *Visit) Shoot(name string) { v.T.Helper(); v.shoot(name, chromedp.CaptureScreenshot) }

// ShootPage keeps one of the whole page.
func (v *Visit) ShootPage(name string) {
	v.T.Helper()
	v.shoot(name, func(picture *[]byte) chromedp.Action { return chromedp.FullScreenshot(picture, 100) })
}

func (v *Visit) shoot(name string, of func(*[]byte) chromedp.Action) {
	v.T.Helper()
	folder := os.Getenv("GDBENCH_SHOTS")
	if folder == "" {
		return
	}
	var picture []byte
	v.Do(of(&picture))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600); err != nil {
		v.T.Error(err)
	}
}

//go:embed testdata/axe.min.js
var axe string

// Axe runs axe-core and reports what it finds serious or worse.
func (v *Visit) Axe() {
	v.T.Helper()
	v.evaluate(axe+";true", new(bool))
	found := Ask[[]string](v, `axe.run().then((r) => { if (r.passes.length < 10) return ["axe ran only " + r.passes.length + " rules"];
		return r.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).join("; ")) })`)
	for _, f := range found {
		v.T.Error(f)
	}
}
