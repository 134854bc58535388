package suite_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// Every short form means the same as its long one.
func TestTargets(t *testing.T) {
	for text, want := range map[string]string{
		"1e-3":                                   "relative 0.001",
		"[1e-2, 1e-4]":                           "relative 0.01, relative 0.0001",
		"{log: [1e-1, 1e-2, 2]}":                 "relative 0.1, relative 0.01",
		"{absolute: 1e-3}":                       "absolute 0.001",
		"{gradient: [0.1], value: -2}":           "gradient 0.1, value -2",
		"{gradient-absolute: {lin: [1, 2, 2]}}":  "gradient-absolute 1, gradient-absolute 2",
		"{accuracy: 0.95, value: 0}":             "value 0, accuracy 0.95",
		"{accuracy: [0.9, 0.95], sharpness: 20}": "accuracy 0.9, accuracy 0.95, sharpness 20",
		"{validation accuracy: {lin: [0.8, 0.9, 2]}, diagnostics: [{name: accuracy, reach: [1]}]}": "validation accuracy 0.8, validation accuracy 0.9, accuracy 1",
		"{relative: []}": "",
	} {
		s := read(t, grid("quadratic", "newton")+"targets: "+text+"\n")
		var got []string
		for _, target := range s.Targets.List() {
			kind := target.Kind
			if kind == "" {
				kind = "relative"
			}
			got = append(got, fmt.Sprintf("%s %v", kind, float64(target.Target)))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %s; expected %s", text, strings.Join(got, ", "), want)
		}
	}
}

func TestWrongTargets(t *testing.T) {
	for text, want := range map[string]string{
		"{accuracy: high}":   `s.yaml:4:21: reach: found "high"; expected a list, each entry a number`,
		"{accuracy: }":       "s.yaml:4:21: reach has no value",
		"{gradient: 2}":      "s.yaml:4:21: gradient: 2 is out of range",
		"{value: [1, null]}": "value: an entry has no value",
		"fine":               `s.yaml:4:10: relative: found "fine"`,
	} {
		_, err := suite.Read("s.yaml", ".", strings.NewReader(grid("quadratic", "newton")+"targets: "+text+"\n"), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v\nexpected %s", text, err, want)
		}
	}
}

// A claim is about any kind of target, and 0 is one.
func TestClaimsAboutTargets(t *testing.T) {
	for claim, want := range map[string]string{
		"{method: newton, reaches: {value: 0}}":                               "newton reaches value 0",
		"{method: newton, reaches: {accuracy: 0.9}, within: {iterations: 3}}": "newton reaches accuracy 0.9 within 3 iterations",
		"{method: newton, reaches: 0.9, kind: accuracy}":                      "newton reaches accuracy 0.9",
		"{method: newton, reaches: 0.1}":                                      "newton reaches a gap of 0.1",
		"{method: newton, beats: gd, at: {gradient: 0.5}}":                    "newton beats gd by a factor of 1 in evaluations to gradient 0.5",
		"{method: newton, reaches: {accuracy: 0.8}}":                          "the accuracy 0.8 is not one of the suite's targets; add it to `targets`",
		"{method: newton, reaches: 0.5}":                                      "the gap 0.5 is not one of the suite's targets",
		"{method: newton, status: converged, kind: accuracy}":                 "kind: it is the kind of the target in reaches or at, and neither is given",
		"{method: newton, beats: gd}":                                         "beats and at must be given together",
		"{method: newton, reaches: {value: 0}, descends: true}":               "found reaches and descends; expected exactly one",
	} {
		s, err := suite.Read("s.yaml", ".", strings.NewReader(grid("quadratic", "newton, {name: fixed-step, lr: 0.1, label: gd}")+
			"targets: {relative: [0.1], value: 0, accuracy: 0.9, gradient: 0.5}\nexpect: ["+claim+"]\n"), nil)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = s.Claims()[0].Text
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %s\nexpected %s", claim, got, want)
		}
	}
}
