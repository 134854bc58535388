package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gdbench/gdbench/internal/results/seal"
)

func TestNumbersThatAreNotFiniteAreNull(t *testing.T) {
	text, err := json.Marshal(struct {
		A Number
		B Series
		C Component
	}{Number(math.NaN()), Series{1, math.Inf(1), 0.1, 1e-300}, Component{"m", []Parameter{{"lr", math.Inf(-1)}, {"on", []any{0.5, "x<y", true, nil}}}}})
	want := `{"A":null,"B":[1,null,0.1,1e-300],"C":{"name":"m","lr":null,"on":[0.5,"x<y",true,null]}}`
	if err != nil || string(text) != strings.ReplaceAll(want, "<", `\u003c`) {
		t.Errorf("got %s, %v", text, err)
	}
}

// Every finite number comes back to the bit, every other one as NaN.
func TestSeriesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Series(rapid.SliceOf(rapid.Float64()).Draw(t, "series"))
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out Series
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(err)
		}
		for i, v := range in {
			if v-v != 0 {
				v = math.NaN()
			}
			if math.Float64bits(v) != math.Float64bits(out[i]) && !(math.IsNaN(v) && math.IsNaN(out[i])) {
				t.Fatalf("entry %d: %v became %v", i, v, out[i])
			}
		}
	})
}

func TestComponentKeepsItsOrder(t *testing.T) {
	text := `{"name":"descent","step":{"name":"backtracking","beta":0.8,"alpha":0.3},"dims":[2,3],"full":true,"lr":1e-07}`
	var c Component
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(c)
	if err != nil || string(again) != text {
		t.Errorf("got %s, %v", again, err)
	}
	if lr, ok := c.Number("lr"); !ok || lr != 1e-7 {
		t.Errorf("lr is %v, %v", lr, ok)
	}
	for _, bad := range []string{`[1]`, `{"name":3}`, `{"name":"x"`, `"x"`} {
		if err := json.Unmarshal([]byte(bad), &c); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

const goodLine = `{"id":"a","status":"converged","problem":{"name":"p"},"method":{"name":"m"}}` + "\n"

func TestReaderNamesTheLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"not JSON", goodLine + "{oops\n", "runs.jsonl:2: not a record"},
		{"no id", goodLine + strings.Replace(goodLine, `"a"`, `"b"`, 1) + `{"status":"budget"}` + "\n", "runs.jsonl:3: not a record: it has no id"},
		{"twice", goodLine + strings.Replace(goodLine, `"a"`, `"b"`, 1) + goodLine, "runs.jsonl:3: the cell a is there twice, first on line 1"},
		{"wrong type", `{"id":"a","status":"budget","iterations":"many"}` + "\n", "runs.jsonl:1: not a record"},
		{"wrong series", `{"id":"a","status":"budget","trace":{"value":[1,x]}}` + "\n", "runs.jsonl:1: not a record"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewReader("runs.jsonl", strings.NewReader(c.text))
			var err error
			for err == nil {
				_, err = r.Read()
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestTornLastLineIsDropped(t *testing.T) {
	r := NewReader("runs.jsonl", strings.NewReader(goodLine+goodLine[:30]))
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) || !r.Torn {
		t.Errorf("got %v, torn %t", err, r.Torn)
	}
}

// In whatever order cells finish, the file is at every moment a prefix of the grid.
func TestAppenderKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp("", "appender")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		a, err := Create(folder)
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.IntRange(1, 20).Draw(t, "n")
		order := rapid.Permutation(make([]int, n)).Draw(t, "shape")
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		long := rapid.SampledFrom([]int{1, 1, 1, 1 << 17}).Draw(t, "long") // some wait in the file only, which is cut
		line := func(i int) string { return strings.Repeat(string(rune('a'+i)), (i+1)*long) + "\n" }
		whole := ""
		for i := range n {
			whole += line(i)
		}
		for _, i := range order {
			if err := a.Put(i, []byte(line(i))); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(filepath.Join(folder, RunsFile))
			if err != nil || !strings.HasPrefix(whole, string(text)) {
				t.Fatalf("not a prefix: %q, %v", text, err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(filepath.Join(folder, RunsFile))
		if string(text) != whole {
			t.Fatalf("got %q, want %q", text, whole)
		}
		if _, err := os.Stat(filepath.Join(folder, PendingFile)); !os.IsNotExist(err) {
			t.Fatal("the pending file is left over")
		}
	})
}

func TestManifestOfAnotherTool(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct{ text, want string }{
		{"", "is not a run"}, {"{", "unexpected end"}, {`{"schema": 99}`, "schema version 99; this gdbench reads versions 1 to 2"}, {`{"a": 1}`, "schema version 0"},
	} {
		if c.text != "" {
			if err := os.WriteFile(filepath.Join(folder, ManifestFile), []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Open(folder); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %s", c.text, err, c.want)
		}
	}
}

// A line is given another time without breaking its seal, whatever its texts say.
func TestRetime(t *testing.T) {
	r := Record{ID: "a", Status: Budget, Message: `"seconds":7,"seconds":[8]`, Trace: &Trace{Seconds: Series{1, 2}}, Seconds: 3}
	line, err := r.AppendLine(nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := NewReader("line", bytes.NewReader(seal.Retime(line, []byte("0.25")))).Read()
	if err != nil {
		t.Fatal(err)
	}
	if again.Seconds != 0.25 || again.Message != r.Message || len(again.Trace.Seconds) != 2 || again.Trace.Seconds[0] != 1 {
		t.Errorf("got %+v", again)
	}
}

func TestTimes(t *testing.T) {
	m := &Manifest{}
	if got, want := m.Times(), "indicative: cells ran beside each other, observed"; got != want {
		t.Errorf("%q; expected %q", got, want)
	}
	m.Processes = []Process{{Name: "scipy", RoundTrip: 21.4e-6}, {Name: "unmeasured"}}
	if got, want := m.Times(), "indicative: cells ran beside each other, observed; each question between gdbench and scipy takes 21 µs"; got != want {
		t.Errorf("%q; expected %q", got, want)
	}
}
