package param

import (
	"math"
	"strings"
	"testing"
)

type gauge interface{ gauge() }

type dial struct {
	Rate   Length    `param:"rate" default:"1/L" range:"(0,)" doc:"rate"`
	Count  int       `param:"count" default:"3" range:"[1,)" doc:"count"`
	Title  string    `param:"title" default:"none" doc:"title"`
	Mode   string    `param:"mode" default:"up" oneof:"up down" doc:"mode"`
	Marks  []float64 `param:"marks" default:"none" doc:"marks"`
	Inner  gauge     `param:"inner" default:"none" doc:"inner gauge"`
	Needed bool      `param:"needed" default:"false" doc:"flag"`
}

func (*dial) gauge() {}

var gauges = func() *Registry {
	r := NewRegistry[gauge]("gauge")
	r.Register("dial", Info{}, func() any { return new(dial) })
	return r
}()

func TestFromSettings(t *testing.T) {
	spec, err := gauges.FromSettings("dial", map[string]any{
		"rate": 0.5, "count": 7.0, "title": "{a: [plain] text", "mode": "down", "marks": []int{1, 2}, "needed": true,
		"inner": map[string]any{"name": "dial", "rate": "2/L", "title": "[b]", "inner": "{name: dial, marks: [1e-3]}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{name: dial, rate: 0.5, count: 7, title: "{a: [plain] text", mode: down, marks: [1, 2], inner: {name: dial, rate: 2/L, title: "[b]", inner: {name: dial, marks: [0.001]}}, needed: true}`
	if got := spec.Text(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFromSettingsRefuses(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]any
		want     string
	}{
		{"dail", nil, `unknown gauge "dail"; did you mean "dial"?`},
		{"dial", map[string]any{"rat": 1}, `gauge dial has no parameter "rat"; did you mean "rate"?`},
		{"dial", map[string]any{"rate": -1}, `gauge dial: rate: -1 is out of range; expected a number > 0`},
		{"dial", map[string]any{"rate": nil}, `gauge dial: rate: found nil; expected a number`},
		{"dial", map[string]any{"rate": (*Length)(nil)}, `gauge dial: rate: found nil; expected a number`},
		{"dial", map[string]any{"rate": math.NaN()}, `gauge dial: rate: found NaN; expected a number`},
		{"dial", map[string]any{"count": 2.5}, `gauge dial: count: found "2.5"; expected a whole number ≥ 1`},
		{"dial", map[string]any{"mode": "dwn"}, `gauge dial: mode: unknown value "dwn"; did you mean "down"?`},
		{"dial", map[string]any{"rate": []float64{1, 2}}, `gauge dial: rate: found 2 alternatives; expected a number`},
		{"dial", map[string]any{"marks": []any{1, struct{}{}}}, `gauge dial: marks: entry 1: found a struct {}; expected a list, each entry a number`},
		{"dial", map[string]any{"inner": map[string]any{"name": "dail"}}, `gauge dial: inner: unknown gauge "dail"; did you mean "dial"?`},
	} {
		if _, err := gauges.FromSettings(c.name, c.settings); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %v: got %v, want %s", c.name, c.settings, err, c.want)
		}
	}
}

func TestSetDefaults(t *testing.T) {
	d := &dial{Count: 9}
	if err := SetDefaults(d); err != nil || d.Count != 3 || d.Mode != "up" || Text(d.Rate) != "1/L" {
		t.Errorf("%+v, %v", d, err)
	}
	for _, wrong := range []any{nil, 3, dial{}, (*dial)(nil)} {
		if err := SetDefaults(wrong); err == nil {
			t.Errorf("%T has no error", wrong)
		}
	}
}
