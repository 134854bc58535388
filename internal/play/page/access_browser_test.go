package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gdbench/gdbench/internal/browsertest"
)

// focusable are the elements that a keyboard has to reach: those that can have the focus and are seen. Of
// radio buttons it is one of each group.
const focusable = `[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((e) => !e.disabled && e.checkVisibility() && !(e.type === "radio" && e !== (document.querySelector("[name=" + e.name + "]:checked") || document.querySelector("[name=" + e.name + "]"))))`

// nameOf is what a message calls the element that has the focus, and what is wrong with it there.
const nameOf = `(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect()
	const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, r.left + r.width / 2)), Math.min(innerHeight - 1, Math.max(0, r.top + Math.min(r.height / 2, 12))))
	const wrong = s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2 ? "its focus is not seen" : !(at && (e.contains(at) || at.contains(e) && at.tagName !== "HTML" && at.tagName !== "BODY" || [...e.labels || []].some((l) => l.contains(at)))) ? "it is hidden behind " + (at && (at.id || at.tagName)) : ""
	e.dataset.reached = "yes"
	return [e.id || e.getAttribute("aria-label") || e.tagName + " " + (e.textContent || e.name).slice(0, 30), wrong] })()`

// tabThrough goes through the page with the Tab key, and names what is wrong on the way.
func tabThrough(v *browsertest.Visit, where string) {
	v.T.Helper()
	v.Run(`document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); scrollTo(0, 0); for (const e of document.querySelectorAll("[data-reached]")) delete e.dataset.reached`)
	n := browsertest.Ask[int](v, focusable+`.length`)
	var order []string
	for range n + 3 {
		v.Do(chromedp.KeyEvent(kb.Tab))
		if browsertest.Ask[bool](v, `document.activeElement === document.body`) {
			break // the end of the page
		}
		name, wrong := atFocus(v)
		if wrong != "" {
			v.T.Errorf("%s: %s: %s", where, name, wrong)
		}
		order = append(order, name)
	}
	for range len(order) { // and back, where what stays at the top could hide it
		v.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift)))
		if browsertest.Ask[bool](v, `document.activeElement === document.body`) {
			continue
		}
		if name, wrong := atFocus(v); wrong != "" {
			v.T.Errorf("%s, backwards: %s: %s", where, name, wrong)
		}
	}
	for _, missed := range browsertest.Ask[[]string](v, focusable+`.filter((e) => !e.dataset.reached).map((e) => e.id || e.outerHTML.slice(0, 80))`) {
		v.T.Errorf("%s: the Tab key does not reach %s; it reaches %s", where, missed, strings.Join(order, ", "))
	}
	if n < 4 || len(order) < n {
		v.T.Errorf("%s: %d controls, %d of them reached", where, n, len(order))
	}
}

// atFocus names the element that has the focus and what is wrong there for longer than a second: a busy
// machine may draw the focus late.
func atFocus(v *browsertest.Visit) (name, wrong string) {
	v.T.Helper()
	for range 20 {
		found := browsertest.Ask[[]string](v, nameOf)
		if name, wrong = found[0], found[1]; wrong == "" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return name, wrong
}

// press presses a key several times where the focus is.
func press(v *browsertest.Visit, key string, times int) {
	v.T.Helper()
	for range times {
		v.Do(chromedp.KeyEvent(key))
	}
}

// All that a mouse can do, a keyboard can.
func TestKeyboardInBrowser(t *testing.T) {
	_, lessons := lessonsAndJSON(t)
	v := browsertest.Open(t, serving(t, lessons).URL)
	v.Ready()
	t.Run("the start moves", func(t *testing.T) {
		v.T = t
		v.Choose("#start-x", "1", "change")
		v.Choose("#start-y", "0.5", "change")
		v.Eventually("the start", `document.getElementById("suite").textContent.includes("start: [1, 0.5]")`)
		v.Run(`document.getElementById("picture").focus()`)
		press(v, kb.ArrowRight, 3)
		press(v, kb.ArrowDown, 2)
		v.Eventually("right and down", `document.getElementById("start-x").value > 1.1 && document.getElementById("start-y").value < 0.45 && /start: .1\.[1-9]/.test(document.getElementById("suite").textContent)`)
		v.Expect("the focus stays", `document.activeElement.id`, "picture")
	})
	t.Run("the learning rate moves until it breaks", func(t *testing.T) {
		v.T = t
		v.Choose("#methods input[data-parameter=lr]", "0.15", "change")
		v.Eventually("it converges", said+`.includes("fixed-step lr=0.15") && !`+said+`.includes("diverged")`)
		v.Run(`document.querySelector("#methods input[type=range]").focus()`)
		press(v, kb.ArrowRight, 8)
		v.Eventually("it diverges", said+`.includes("diverged") && document.activeElement.type === "range"`)
		v.Expect("what a screen reader says", `Number(document.activeElement.getAttribute("aria-valuetext")) > 0.2`, true)
		press(v, kb.ArrowLeft, 8)
		v.Eventually("and back", said+`.length > 0 && !`+said+`.includes("diverged")`)
	})
	t.Run("a method is chosen, and the focus stays", func(t *testing.T) {
		v.T = t
		v.Click("#add")
		v.Eventually("two methods", `document.querySelectorAll("#words h3").length === 2`)
		v.Run(`document.querySelectorAll("#methods select")[1].focus()`)
		press(v, kb.ArrowDown, 1)
		v.Eventually("another one", `document.querySelectorAll("#words h3")[1].textContent.startsWith("nesterov")`)
		v.Expect("the focus", `document.activeElement === document.querySelectorAll("#methods select")[1]`, true)
		v.Run(`document.querySelectorAll("#methods fieldset")[1].querySelector("button").focus()`)
		press(v, kb.Enter, 1)
		v.Eventually("removed", `document.querySelectorAll("#words h3").length === 1`)
		v.Expect("the focus in what is left", `document.getElementById("methods").contains(document.activeElement)`, true)
	})
	t.Run("Escape stops the player", func(t *testing.T) {
		v.T = t
		v.Click("#first", "#play")
		v.Eventually("it plays", `document.getElementById("scrub").value > 1`)
		press(v, kb.Escape, 1)
		v.Expect("stopped", `document.getElementById("play").textContent`, "Play")
	})
	t.Run("a lesson", func(t *testing.T) {
		v.T = t
		v.Go(v.Address + "#lesson=11")
		v.Run(`document.querySelector("input[name=prediction]").focus()`)
		press(v, kb.ArrowDown, 1)
		v.Expect("the second choice", `document.querySelector("input[name=prediction]:checked").value`, "2")
		press(v, kb.Tab, 1)
		press(v, kb.Enter, 1)
		v.Eventually("the answer", shown("#lesson-answer"))
		v.Run(`document.getElementById("next-lesson").focus()`)
		press(v, kb.Enter, 1)
		v.Eventually("the next lesson", `document.getElementById("lesson-title").textContent.startsWith("Lesson 12") && document.activeElement.id === "lesson-title"`)
	})
	v.T = t
	v.Complaints()
}

// states are those of the page that a learner meets, by what leads to them.
var states = []struct {
	name, fragment string
	enter          func(v *browsertest.Visit)
}{
	{"free play", "", func(*browsertest.Visit) {}},
	{"question", "#lesson=3", func(*browsertest.Visit) {}},
	{"question without a picture", "#lesson=1", func(*browsertest.Visit) {}},
	{"answer", "#lesson=3", reveal},
	{"end", "#lesson=12", func(v *browsertest.Visit) {
		reveal(v)
		n := browsertest.Ask[int](v, `document.querySelectorAll("#lesson-answer .scene").length`)
		v.Run(fmt.Sprintf(`document.querySelectorAll("#lesson-answer .scene")[%d].click()`, n-1))
		v.Eventually("the last runs", `document.getElementById("picture-name").textContent.startsWith("f at each step")`)
	}},
	{"mistake", "", func(v *browsertest.Visit) {
		v.Choose("#formula", "x^4 - 2*q", "change")
		v.Eventually("a mistake", `document.getElementById("error").textContent.endsWith("What is shown below is from before.")`)
	}},
}

// reveal predicts, and stops the player that follows.
func reveal(v *browsertest.Visit) {
	v.Click(`#lesson-choices label:nth-child(1) input`, "#reveal")
	v.Eventually("the answer", shown("#lesson-answer"))
	press(v, kb.Escape, 1)
}

// Each state of the page can be read, seen and reached in each window and theme.
func TestStatesInBrowser(t *testing.T) {
	_, lessons := lessonsAndJSON(t)
	v := browsertest.Open(t, serving(t, lessons).URL)
	sizes := append(slices.Clone(windows), struct {
		name          string
		width, height int64
	}{"projector", 1920, 1080})
	for _, state := range states {
		for i, size := range sizes {
			t.Run(state.name+", "+size.name, func(t *testing.T) {
				v.T = t
				v.Do(chromedp.EmulateViewport(size.width, size.height))
				v.Go(v.Address + state.fragment)
				state.enter(v)
				v.Expect("no sideways scrolling", overflow, "")
				for _, theme := range []string{"light", "dark"} {
					v.Run(`document.documentElement.dataset.theme = ` + browsertest.Quote(theme))
					v.Axe()
					v.ShootPage(strings.ReplaceAll(state.name, " ", "-") + "-" + size.name + "-" + theme)
				}
				if i < 2 { // a projector has the layout of a desktop
					tabThrough(v, state.name)
				}
			})
		}
	}
	v.T = t
	v.Complaints()
}
