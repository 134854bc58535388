package suite_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

func TestGateOfASuite(t *testing.T) {
	read := func(gate string) (*suite.Suite, error) {
		text := "suite: s\nproblems: [sphere]\nmethods: [{name: fixed-step, lr: 0.1}]\n" + gate
		return suite.Read("s.yaml", ".", strings.NewReader(text), nil)
	}
	s, err := read("gate: {delta: 0.1, sensitivity: 1.2, rules: [{method: sgd*, on: quad*, metric: evaluations, delta: 0.3}]}\n")
	if err != nil {
		t.Fatal(err)
	}
	want := &results.Gate{Delta: 0.1, Sensitivity: 1.2, Rules: []results.Rule{{Metric: "evaluations", Method: "sgd*", Problem: "quad*", Delta: 0.3}}}
	if got := s.Judged(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v; expected %+v", got, want)
	}
	if s, err = read(""); err != nil || s.Judged() != nil {
		t.Errorf("without the key: %+v, %v", s.Judged(), err)
	}
	for gate, said := range map[string]string{
		"gate: {sensitivity: 0.5}\n":      "s.yaml:4:21",
		"gate: {delta: -1}\n":             "s.yaml:4:15",
		"gate: {rules: [{method: a}]}\n":  "delta",
		"gate: {rules: [{methods: a}]}\n": `did you mean "method"?`,
		"gate: {tolerance: 0.1}\n":        "unknown key",
		"gate: {rules: {method: a}}\n":    "s.yaml:4",
	} {
		if _, err := read(gate); err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%s: %v; expected %q", gate, err, said)
		}
	}
}
