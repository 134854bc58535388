package page

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/browsertest"
	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/internal/play/lesson"
)

// The static site works as the page of gdbench does, and its engine answers with the same bytes.
func TestPeersSiteInBrowser(t *testing.T) {
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skip("builds the static site; set GDBENCH_PEERS=1")
	}
	out := t.TempDir()
	if said, err := exec.Command("../../../site/build", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	size, err := os.Stat(filepath.Join(out, "play", "engine.wasm.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if size.Size() >= 3_000_000 {
		t.Errorf("the engine has %d bytes, compressed", size.Size())
	}
	server := httptest.NewServer(http.FileServer(http.Dir(out)))
	t.Cleanup(server.Close)
	v := browsertest.Open(t, server.URL+"/play/")
	v.Ready()
	sameRecords(t, v)
	walk(t, v)
	t.Run("a function that takes forever is stopped", func(t *testing.T) {
		v.T = t
		v.Choose("#iterations", "5000", "change")
		v.Choose("#formula", "sum(i, 0, 150000, sin(i*x))", "change")
		v.Eventually("stopped", `document.getElementById("error").textContent.startsWith("stopped: ")`)
		v.Choose("#formula", "x^2/2", "change")
		v.Eventually("and the page goes on", `document.getElementById("error").textContent === "" && document.getElementById("suite").textContent.includes("x^2/2")`)
	})
	v.T = t
	v.Complaints()
	search(t, server.URL)
}

// sameRecords asks a worker of its own, and compares what it says with the native engine.
func sameRecords(t *testing.T, v *browsertest.Visit) {
	v.T = t
	all, err := lesson.All()
	if err != nil {
		t.Fatal(err)
	}
	requests := []play.Request{{Ask: "offers"}}
	for _, l := range all {
		requests = append(requests, play.Request{Ask: "run", Setup: l.Play})
	}
	requests = append(requests, play.Request{Ask: "surface", Setup: all[3].Play, Surface: &play.Surface{Window: play.Window{X: []float64{-5, 5}, Y: []float64{-5, 5}}, Cells: 60}})
	v.Run(`window.other = new Worker("worker.js"); window.bytes = (text) => new Promise((done) => { other.onmessage = (e) => { if (e.data !== "ready") done(e.data) }; other.postMessage(text) })`)
	for _, r := range requests {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		want := string(play.Answer(t.Context(), strings.NewReader(string(text))))
		native := time.Since(began)
		began = time.Now()
		got := browsertest.Ask[string](v, `bytes(`+browsertest.Quote(string(text))+`)`)
		t.Logf("%s %s: native %v, WebAssembly %v", r.Ask, r.Setup.Problem.Name, native, time.Since(began))
		if got != want {
			t.Errorf("%s: the engines differ: %.300s\n%.300s", text, got, want)
		}
	}
	v.Run(`other.terminate()`)
}

// search looks a word up on the pages of the site.
func search(t *testing.T, address string) {
	v := browsertest.Open(t, address+"/")
	v.Choose("#search", "noise floor", "input")
	v.Eventually("sections are found", `document.querySelectorAll("#found a").length > 2`)
	v.Choose("#search", "zzzzqq", "input")
	v.Eventually("nothing is found", `document.getElementById("found").textContent === "Nothing found."`)
	v.Axe()
	shoot(v, "site")
	v.Complaints()
}
