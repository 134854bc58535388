package page

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/gdbench/gdbench/internal/browsertest"
	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/internal/play/lesson"
)

// windows are those in which a learner takes lessons.
var windows = []struct {
	name          string
	width, height int64
}{{"phone", 390, 844}, {"desktop", 1280, 800}}

// A learner goes through all lessons, in the window of a phone and in that of a desktop. GDBENCH_SHOTS
// keeps pictures of each stage.
func TestPeersLessonsInBrowser(t *testing.T) {
	if os.Getenv("GDBENCH_PEERS") == "" && os.Getenv("GDBENCH_SHOTS") == "" {
		t.Skip("walks through every lesson twice; set GDBENCH_PEERS=1, or GDBENCH_SHOTS to a folder for pictures")
	}
	all, lessons := lessonsAndJSON(t)
	for _, window := range windows {
		v := browsertest.Open(t, serving(t, lessons).URL)
		v.Ready()
		v.Do(chromedp.EmulateViewport(window.width, window.height))
		for _, l := range all {
			t.Run(fmt.Sprintf("%s, lesson %d", window.name, l.Number), func(t *testing.T) {
				v.T = t
				v.Go(fmt.Sprintf("%s#lesson=%d", v.Address, l.Number))
				learn(v, l, fmt.Sprintf("%s-%02d", window.name, l.Number))
			})
		}
		v.T = t
		v.Complaints()
	}
}

func lessonsAndJSON(t *testing.T) ([]*lesson.Lesson, []byte) {
	t.Helper()
	all, err := lesson.All()
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := lesson.JSON(all)
	if err != nil {
		t.Fatal(err)
	}
	return all, lessons
}

// shown is whether an element takes room.
func shown(selector string) string {
	return `(() => { const e = document.querySelector(` + browsertest.Quote(selector) + `); return !!e && e.getBoundingClientRect().height > 0 })()`
}

// overflow are the elements that reach beyond the right edge of the window.
const overflow = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, pre, svg")).map((e) => e.tagName + "#" + e.id).join()`

// learn is one lesson: question, prediction, answer, playground, and its further runs.
func learn(v *browsertest.Visit, l *lesson.Lesson, name string) {
	v.Eventually("the runs", count(l.Play))
	v.Shoot(name + "-1question")
	for _, hidden := range []string{"#said", "#lesson-answer", ".player", "#progress", "#taken", "#legend"} {
		v.Expect(hidden+" before the prediction", shown(hidden), false)
	}
	v.Expect("the picture before the prediction", shown("#picture"), !l.Predict.Hide)
	v.Expect("points and arrows before the prediction", `document.querySelectorAll("#picture circle").length + 10 * document.querySelectorAll("#picture polygon").length`, len(l.Play.Methods))
	v.Click(fmt.Sprintf("#lesson-choices label:nth-child(%d) input", l.Predict.Answer), "#reveal")
	v.Eventually("it plays", `document.getElementById("play").textContent === "Pause" && document.getElementById("scrub").value > 0`)
	v.Run(`document.getElementById("play").click(); const s = document.getElementById("scrub"); s.value = s.max; s.dispatchEvent(new Event("input"))`)
	v.Shoot(name + "-2reveal")
	v.Run(`[...document.querySelectorAll("#lesson-answer p, #lesson-answer li")].at(-1).scrollIntoView({block: "end"})`)
	v.Expect("the picture is in the window beside the answer", `document.getElementById("picture").getBoundingClientRect().bottom > 100`, true)
	v.Shoot(name + "-3proved")
	for _, selector := range []string{"#said", "#lesson-answer", ".player", "#progress"} {
		v.Expect(selector, shown(selector), true)
	}
	v.Expect("labels that are too small", `[...document.querySelectorAll("#picture text:not([transform]), #gap text:not([transform]), #length text:not([transform])")].filter((e) => e.getBoundingClientRect().height < 9).length`, 0)
	v.Expect("keys as small as words", `[...document.querySelectorAll("#legend svg")].every((e) => e.getBoundingClientRect().height < 12 && e.getBoundingClientRect().width < 40)`, true)
	v.Expect("no sideways scrolling", overflow, "")
	for i, scene := range l.Then {
		v.Run(fmt.Sprintf(`document.querySelectorAll("#lesson-answer .scene")[%d].click()`, i+1))
		v.Eventually("the further runs", count(scene.Play)+` && document.querySelectorAll("#lesson-answer .scene")[`+fmt.Sprint(i+1)+`].ariaPressed === "true"`)
		v.Expect("a mistake", `document.getElementById("error").textContent`, "")
		v.Expect("lines", `document.querySelectorAll("#picture path[stroke='#0072B2']").length > 0`, true)
		v.Shoot(fmt.Sprintf("%s-4scene%d", name, i+1))
	}
	v.ShootPage(name + "-5full")
}

// count is whether as many runs are told about as a setup has.
func count(s play.Setup) string {
	return fmt.Sprintf(`document.querySelectorAll("#words h3").length === %d`, len(s.Methods))
}
