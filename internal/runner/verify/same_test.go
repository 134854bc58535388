package verify

import (
	"testing"

	"github.com/gdbench/gdbench/results"
)

func full() *results.Record {
	iteration, since := 3, 2
	return &results.Record{
		ID: "a", Status: results.Budget, Message: "budget spent: 10 iterations", Iterations: 10, Seconds: 1,
		Families: &results.Families{Problem: "quadratic", Method: "gradient"}, Uses: []string{"L"},
		LearningRate: &results.LearningRate{Parameter: "lr", Value: 0.1}, Final: &results.Final{Value: 0.5},
		Targets:  []results.Target{{Target: 0.1, Iteration: &iteration, Since: &since, Message: "a"}},
		Trace:    &results.Trace{Iteration: []int64{0}, Value: results.Series{1}, Seconds: results.Series{1}},
		Theorems: []results.Theorem{{Name: "t", Statement: "in words", Ratio: 0.5}},
	}
}

// Times, words, and what an older schema lacks are no difference; a number is.
func TestSameButTiming(t *testing.T) {
	for name, c := range map[string]struct {
		change func(before, now *results.Record)
		same   bool
	}{
		"equal":          {func(_, _ *results.Record) {}, true},
		"seconds":        {func(_, now *results.Record) { now.Seconds = 2 }, true},
		"trace seconds":  {func(_, now *results.Record) { now.Trace.Seconds[0] = 2 }, true},
		"message":        {func(_, now *results.Record) { now.Message = "spent 10 iterations" }, true},
		"target message": {func(_, now *results.Record) { now.Targets[0].Message = "b" }, true},
		"statement":      {func(_, now *results.Record) { now.Theorems[0].Statement = "in other words" }, true},
		"schema 1": {func(before, now *results.Record) {
			before.Families, before.LearningRate, before.Uses = nil, nil, nil
			now.Targets[0].Prox = 4
		}, true},
		"iterations":    {func(_, now *results.Record) { now.Iterations = 11 }, false},
		"status":        {func(_, now *results.Record) { now.Status = results.Timeout }, false},
		"final value":   {func(_, now *results.Record) { now.Final.Value = 0.25 }, false},
		"trace value":   {func(_, now *results.Record) { now.Trace.Value[0] = 2 }, false},
		"target":        {func(_, now *results.Record) { now.Targets[0].Prox = 4 }, false},
		"theorem":       {func(_, now *results.Record) { now.Theorems[0].Ratio = 0.75 }, false},
		"family":        {func(_, now *results.Record) { now.Families.Method = "newton" }, false},
		"learning rate": {func(_, now *results.Record) { now.LearningRate.Value = 0.2 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			before, now := full(), full()
			c.change(before, now)
			same, err := sameButTiming(before, now)
			if err != nil {
				t.Fatal(err)
			}
			if same != c.same {
				t.Errorf("same is %v, expected %v", same, c.same)
			}
		})
	}
}
