package results

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawTrace(t *rapid.T) *Trace {
	n := rapid.IntRange(0, 5).Draw(t, "points")
	number := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()), rapid.Just(0.0))
	series := func(name string) Series { return rapid.SliceOfN(number, n, n).Draw(t, name) }
	counts := func(name string) []int64 { return rapid.SliceOfN(rapid.Int64(), n, n).Draw(t, name) }
	trace := &Trace{Iteration: counts("iteration"), Value: series("value"), Gap: series("gap"), Distance: series("distance"),
		Trials: counts("trials"), TraceCounts: TraceCounts{Evaluations: counts("evaluations"), Samples: counts("samples")}, Seconds: series("seconds")}
	for range n {
		trace.X = append(trace.X, series("x"))
	}
	if rapid.Bool().Draw(t, "diagnosed") {
		trace.Diagnostics = map[string]Series{"sharpness": series("sharpness"), "layer 1": series("layer")}
	}
	return trace
}

func readOne(t fataler, line string, columns Columns) *Record {
	r := NewReader("runs.jsonl", strings.NewReader(line))
	r.Columns = columns
	record, err := r.Read()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return record
}

type fataler interface{ Fatalf(string, ...any) }

// What is written reads back, and so does what surrounds the trace.
func TestTraceRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := &Record{ID: "a", Status: Budget, Message: `,"trace":{"iteration":[1],`, Trace: drawTrace(t), Jitter: []Jittered{{Iterations: 3}}, Seconds: 7}
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		out := readOne(t, string(text)+"\n", nil)
		again, err := json.Marshal(out)
		if err != nil || string(again) != string(text) {
			t.Fatalf("%s\nbecame %s, %v", text, again, err)
		}
	})
}

// The values agree with those that encoding/json reads.
func TestTraceAgreesWithJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawTrace(t)
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var plain struct {
			Gap         []*float64            `json:"gap"`
			Samples     []int64               `json:"samples"`
			X           [][]*float64          `json:"x"`
			Diagnostics map[string][]*float64 `json:"diagnostics"`
		}
		var out Trace
		if err := json.Unmarshal(text, &plain); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(err)
		}
		agree(t, plain.Gap, out.Gap)
		agree(t, plain.Diagnostics["layer 1"], out.Diagnostics["layer 1"])
		for k := range plain.X {
			agree(t, plain.X[k], out.X[k])
		}
		if len(plain.X) != len(out.X) || len(out.Samples) != len(plain.Samples) || len(plain.Samples) > 0 && !reflect.DeepEqual(plain.Samples, out.Samples) {
			t.Fatalf("%s became %+v", text, out)
		}
	})
}

func agree(t *rapid.T, want []*float64, got Series) {
	if len(want) != len(got) {
		t.Fatalf("%d numbers; expected %d", len(got), len(want))
	}
	for k, v := range want {
		if v == nil && !math.IsNaN(got[k]) || v != nil && math.Float64bits(*v) != math.Float64bits(got[k]) {
			t.Fatalf("entry %d is %v", k, got[k])
		}
	}
}

const traced = `{"id":"a","status":"budget","trace":{"iteration":[0,1],"value":[5, null],"gap":[1,0.5],"x":[[1,2],[3,4]],"later":{"a":["]",{}]},"samples":[10,20],"diagnostics":{"s":[1,2]}},"iterations":9}` + "\n"

func TestOnlyTheColumnsWanted(t *testing.T) {
	got := readOne(t, traced, Columns{"iteration", "samples"})
	want := &Trace{Iteration: []int64{0, 1}, TraceCounts: TraceCounts{Samples: []int64{10, 20}}}
	if !reflect.DeepEqual(got.Trace, want) || got.Iterations != 9 {
		t.Errorf("read %+v, iterations %d; expected %+v, 9", got.Trace, got.Iterations, want)
	}
	all := readOne(t, traced, nil)
	if all.Trace.Gap[1] != 0.5 || all.Trace.X[1][1] != 4 || all.Trace.Diagnostics["s"][1] != 2 || !math.IsNaN(all.Trace.Value[1]) {
		t.Errorf("read %+v", all.Trace)
	}
	spaced := readOne(t, strings.ReplaceAll(traced, ":", ": "), Columns{"gap"})
	if want := (&Trace{Gap: Series{1, 0.5}}); !reflect.DeepEqual(spaced.Trace, want) {
		t.Errorf("a trace with spaces was read as %+v; expected %+v", spaced.Trace, want)
	}
}

// A trace that is cut out of its line is held to what JSON allows, as one that is not.
func TestBrokenTraces(t *testing.T) {
	for name, column := range map[string]string{
		"a word": `[1,x]`, "a cut list": `[1,2`, "a lost comma": `[1 2]`, "a leading zero": `[01]`, "no list": `7`, "a text": `["1"]`,
		"a bare point": `[1.]`, "a bare exponent": `[1e]`, "a plus": `[+1]`, "hexadecimal": `[0x1p-2]`, "underscores": `[1_000]`,
		"infinity": `[inf]`, "too large": `[1e999]`, "a comma too many": `[1,]`, "an object": `{"a":1}`,
	} {
		line := strings.Replace(traced, "[1,0.5]", column, 1)
		if record, err := NewReader("runs.jsonl", strings.NewReader(line)).Read(); err == nil || !strings.Contains(err.Error(), "runs.jsonl:1: not a record") {
			t.Errorf("%s: read %+v, %v", name, record, err)
		}
	}
	for name, line := range map[string]string{
		"half a sample": strings.Replace(traced, "[10,20]", "[10,1.5]", 1), "an open trace": strings.Replace(traced, `}},"iterations"`, `},"iterations"`, 1),
		"no colon": strings.Replace(traced, `"gap":`, `"gap"`, 1), "no name": strings.Replace(traced, `"gap":`, `gap:`, 1),
	} {
		if _, err := NewReader("runs.jsonl", strings.NewReader(line)).Read(); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func FuzzNumberLength(f *testing.F) {
	for _, text := range []string{"0", "-1.5e-3", "01", "1.", "-", "1e+9", "2E5", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Trim(text, "0123456789+-.eE") != "" {
			return
		}
		if whole := numberLength([]byte(text)) == len(text) && text != ""; whole != json.Valid([]byte(text)) {
			t.Errorf("%q is a number: %v; encoding/json says the contrary", text, whole)
		}
	})
}

// A rare count gets its column with the first of its kind, and zeros for the points before.
func TestRareColumnsBeginLate(t *testing.T) {
	var trace Trace
	for _, now := range []Counts{{Gradients: 1}, {Gradients: 2}, {Gradients: 3, Prox: 4}, {Gradients: 4, Prox: 5}} {
		if now.Prox == 0 && trace.Prox != nil {
			t.Errorf("a column of proximal steps where there are none: %v", trace.Prox)
		}
		trace.Count(&now)
	}
	if want := []int64{0, 0, 4, 5}; !reflect.DeepEqual(trace.Prox, want) {
		t.Errorf("the column is %v; expected %v", trace.Prox, want)
	}
	if want := []int64{1, 2, 3, 4}; !reflect.DeepEqual(trace.Gradients, want) {
		t.Errorf("the column of gradients is %v; expected %v", trace.Gradients, want)
	}
}
