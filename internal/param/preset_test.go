package param

import (
	"testing"

	"gopkg.in/yaml.v3"
)

type slope struct {
	Rise float64 `param:"rise" doc:"required except for a preset"`
	Run  float64 `param:"run" default:"1" doc:"has a default"`
}

// A preset is the same struct with other defaults; what is written still wins, and a
// default that is written out is the same component.
func TestPreset(t *testing.T) {
	type incline interface{}
	r := NewRegistry[incline]("incline")
	r.Register("slope", Info{}, func() any { return new(slope) })
	r.Register("steep", Info{Defaults: map[string]string{"rise": "3", "run": "0.5"}}, func() any { return new(slope) })
	for text, want := range map[string]slope{
		"steep":                             {3, 0.5},
		"{name: steep, run: 2}":             {3, 2},
		"{name: slope, rise: 4}":            {4, 1},
		"{name: steep, rise: 3, run: 5e-1}": {3, 0.5},
	} {
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		spec, err := r.Only("test", document.Content[0], nil)
		if err != nil {
			t.Fatal(err)
		}
		component, err := spec.New()
		if err != nil {
			t.Fatal(err)
		}
		if got := *component.(*slope); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
		if want == (slope{3, 0.5}) && spec.Text() != "{name: steep}" {
			t.Errorf("%s has the text %s", text, spec.Text())
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a preset of an unknown parameter was accepted")
		}
	}()
	r.Register("wrong", Info{Defaults: map[string]string{"climb": "3"}}, func() any { return new(slope) })
	entry, _ := r.Lookup("wrong")
	entry.Fields()
}
