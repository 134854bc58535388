package suite

import (
	"github.com/gdbench/gdbench/results"
)

// Gate is what a suite says about how `gdbench gate` judges its runs. It does not change them.
type Gate struct {
	Delta       float64 `param:"delta" default:"none" range:"(0,10)" doc:"tolerated loss of costs that vary from repeat to repeat, as a fraction; 0.05 where none is given"`
	Sensitivity float64 `param:"sensitivity" default:"none" range:"(1,)" doc:"loss of the whole suite, as a ratio, that the gate must be able to find; 2 where none is given"`
	Rules       []Rule  `param:"rules" default:"none" doc:"other tolerated losses of some cells; the last that matches counts"`
}

// Rule is a tolerated loss of some cells.
type Rule struct {
	Metric  string  `param:"metric" default:"none" doc:"pattern of metrics, such as evaluations; * matches any text"`
	Method  string  `param:"method" default:"none" doc:"pattern of methods, by name or label"`
	Problem string  `param:"on" default:"none" doc:"pattern of problems, by name or label"`
	Delta   float64 `param:"delta" range:"(0,10)" doc:"tolerated loss, as a fraction"`
}

// Judged is what the manifest keeps of it; nil where the suite says nothing.
func (s *Suite) Judged() *results.Gate {
	if s.Gate.Delta == 0 && s.Gate.Sensitivity == 0 && len(s.Gate.Rules) == 0 {
		return nil
	}
	g := &results.Gate{Delta: results.Number(s.Gate.Delta), Sensitivity: results.Number(s.Gate.Sensitivity)}
	for _, r := range s.Gate.Rules {
		g.Rules = append(g.Rules, results.Rule{Metric: r.Metric, Method: r.Method, Problem: r.Problem, Delta: results.Number(r.Delta)})
	}
	return g
}
