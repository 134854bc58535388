package claims

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
)

const header = `suite: t
targets: {relative: [1e-2], value: 0, accuracy: 0.9}
diagnostics: [sharpness, layers]
problems:
  - {name: quadratic, dim: 2, condition: 4, start: {name: normal}, label: bowl}
  - {name: saddle-quartic, label: ridge}
methods:
  - {name: fixed-step, lr: [0.1, 0.2], label: gd}
  - {name: newton}
expect:
  - `

// record is a run that met the gap 1e-2 after so many iterations; −1: never.
func record(problem, method string, repeat, iterations int) *results.Record {
	r := &results.Record{
		ID: problem + method, Labels: results.Labels{Problem: problem, Method: method}, Repeat: repeat,
		Status: results.Converged, Minimum: &results.Minimum{}, Samples: 10,
		Final:   &results.Final{Gap: 0.5, CriticalPoint: "saddle"},
		Targets: []results.Target{{Target: 1e-2}},
		Trace: &results.Trace{
			Iteration: []int64{0, 1, 2}, Value: results.Series{3, 2, 1},
			GradientNorm: results.Series{1, 1e-3, 1e-6}, Distance: results.Series{2, 1, 0.1},
		},
	}
	if iterations >= 0 {
		r.Targets[0].Iteration = &iterations
		r.Targets[0].Gradients, r.Targets[0].Evaluations, r.Targets[0].Samples = int64(iterations)+1, int64(iterations)+1, 40
	}
	return r
}

func checked(t *testing.T, claim string, records ...*results.Record) verdict.Claim {
	t.Helper()
	s, err := suite.Read("t.yaml", ".", strings.NewReader(header+claim+"\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Check(s.Claims(), func(yield func(*results.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d claims, %v", len(found), err)
	}
	return found[0]
}

// ofKind gives a record a target of another kind: met after so many iterations, −1: never.
func ofKind(r *results.Record, kind string, target float64, iterations int, message string) *results.Record {
	one := results.Target{Target: results.Number(target), Kind: kind, Message: message}
	if iterations >= 0 {
		one.Iteration = &iterations
	}
	r.Targets = append(r.Targets, one)
	return r
}

func with(r *results.Record, change func(*results.Record)) *results.Record {
	change(r)
	return r
}

// since is a run whose target was not met at the check after so many iterations.
func since(r *results.Record, iterations int) *results.Record {
	r.Targets[0].Since = &iterations
	return r
}

// theorems is a run with these outcomes of theorems.
func theorems(outcomes ...string) *results.Record {
	r := record("bowl", "gd lr=0.1", 0, 50)
	for i, outcome := range outcomes {
		r.Theorems = append(r.Theorems, results.Theorem{Name: fmt.Sprintf("theorem %d", i+1), Outcome: outcome})
	}
	return r
}

func TestClaims(t *testing.T) {
	slow, fast, never := record("bowl", "gd lr=0.1", 0, 50), record("bowl", "newton", 0, 1), record("bowl", "gd lr=0.1", 1, -1)
	rising := with(record("bowl", "gd lr=0.1", 2, 9), func(r *results.Record) { r.Trace.Value[2] = 2.5 })
	skipped := with(record("bowl", "gd lr=0.1", 0, 9), func(r *results.Record) { r.Status = results.Skipped })
	// Final gaps, the second below what f* allows to see; diagnostics at both ends.
	low := with(record("bowl", "newton", 0, 1), func(r *results.Record) { r.Final.Gap, r.Minimum.Accuracy = 1e-9, 1e-3 })
	blown := with(record("bowl", "gd lr=0.1", 0, -1), func(r *results.Record) { r.Status, r.Final.Gap = results.Diverged, 1e-4 })
	watched := with(record("bowl", "gd lr=0.1", 0, 50), func(r *results.Record) {
		r.Trace.Diagnostics = map[string]results.Series{"sharpness": {9, 4}, "layer 1": {1, 6}, "layer 2": {8, 2}}
	})
	// On a sum of 10 samples in 3 variables: 40 samples are 4 passes, and a Hessian, whose pass
	// is among them, costs 2 more.
	second := with(record("bowl", "newton", 0, 1), func(r *results.Record) { r.Variables, r.Targets[0].Hessians = 3, 1 })
	first := with(record("bowl", "gd lr=0.2", 0, 9), func(r *results.Record) { r.Variables, r.Targets[0].Samples = 3, 120 })
	sampleless := func(r *results.Record) { r.Samples, r.Targets[0].Samples = 0, 0 }
	for _, c := range []struct {
		name, claim string
		records     []*results.Record
		verdict     string
		evidence    string
		example     string
	}{
		{"reached", "{method: gd, reaches: 1e-2}", []*results.Record{slow}, verdict.Holds, "true for 1 of 1 run", ""},
		{"never reached", "{method: gd, reaches: 1e-2}", []*results.Record{slow, never}, verdict.Refuted, "ended with status converged, gap 0.5", "gd lr=0.1 on bowl, repeat 1"},
		{"half will do", "{method: gd, reaches: 1e-2, share: 0.5}", []*results.Record{slow, never}, verdict.Holds, "true for 1 of 2 runs", "gd lr=0.1 on bowl, repeat 1"},
		{"too late", "{method: gd, reaches: 1e-2, within: {iterations: 49}}", []*results.Record{slow}, verdict.Refuted, "needs 50 iterations", "gd lr=0.1 on bowl, repeat 0"},
		{"in time", "{method: gd, reaches: 1e-2, within: {gradients: 51, epochs: 4}}", []*results.Record{slow}, verdict.Holds, "", ""},
		{"too many epochs", "{method: gd, reaches: 1e-2, within: {epochs: 3}}", []*results.Record{slow}, verdict.Refuted, "needs 4 epochs", "gd lr=0.1 on bowl, repeat 0"},
		{"shown to be wrong", "{method: gd, reaches: 1e-2, holds: false}", []*results.Record{never}, verdict.Holds, "true for 0 of 1 run", "gd lr=0.1 on bowl, repeat 1"},
		{"not shown to be wrong", "{method: gd, reaches: 1e-2, holds: false}", []*results.Record{slow}, verdict.Refuted, "true for 1 of 1", ""},
		{"status", "{method: newton, status: converged}", []*results.Record{fast}, verdict.Holds, "", ""},
		{"other status", "{method: newton, status: diverged}", []*results.Record{fast}, verdict.Refuted, "ended with status converged", "newton on bowl, repeat 0"},
		{"saddle", "{method: newton, ends: saddle}", []*results.Record{fast}, verdict.Holds, "", ""},
		{"no minimum", "{method: newton, ends: minimum}", []*results.Record{fast}, verdict.Refuted, "ended at a saddle", "newton on bowl, repeat 0"},
		{"descends", "{method: gd, descends: true}", []*results.Record{slow}, verdict.Holds, "", ""},
		{"rises", "{method: gd, descends: true}", []*results.Record{slow, rising}, verdict.Refuted, "rises from 2 to 2.5 at iteration 2", "gd lr=0.1 on bowl, repeat 2"},
		{"near", "{method: gd, gradient: 1e-5, distance: 0.2}", []*results.Record{slow}, verdict.Holds, "", ""},
		{"not near", "{method: gd, gradient: 1e-2, distance: 0.2}", []*results.Record{slow}, verdict.Refuted, "at iteration 1, and the minimizer is 1 away", "gd lr=0.1 on bowl, repeat 0"},
		{"never small", "{method: gd, gradient: 1e-9, distance: 0.2}", []*results.Record{slow}, verdict.Untested, "no run tests", ""},
		{"skipped", "{method: gd, reaches: 1e-2}", []*results.Record{skipped}, verdict.Untested, "no run tests", ""},
		{"skipped as claimed", "{method: gd, status: skipped}", []*results.Record{skipped}, verdict.Holds, "", ""},
		{"another problem", "{method: gd, on: ridge, reaches: 1e-2}", []*results.Record{slow}, verdict.Untested, "", ""},
		{"another setting", "{method: gd, where: {lr: 0.2}, reaches: 1e-2}", []*results.Record{slow}, verdict.Untested, "", ""},
		{"beats", "{method: newton, beats: gd, at: 1e-2, by: 25, in: iterations}", []*results.Record{slow, fast}, verdict.Holds, "newton needs 1 iteration and gd lr=0.1 50", ""},
		{"does not beat by so much", "{method: newton, beats: gd, at: 1e-2, by: 26}", []*results.Record{slow, fast}, verdict.Refuted, "newton needs 2 evaluations and gd lr=0.1 51", "newton on bowl"},
		{"beats who never arrives", "{method: newton, beats: gd, at: 1e-2, by: 100}", []*results.Record{never, fast}, verdict.Holds, "at the closest, on bowl, newton needs 2 evaluations, and no setting of the other gets there in more than half of its runs", ""},
		{"is beaten by who never arrives", "{method: gd, beats: newton, at: 1e-2}", []*results.Record{record("ridge", "newton", 0, 1), record("ridge", "gd lr=0.1", 0, -1)}, verdict.Refuted, "no setting of the first gets there in more than half of its runs, and newton needs 2 evaluations", "gd lr=0.1 on ridge"},
		{"checks leave it open", "{method: gd, beats: newton, at: 1e-2, by: 2, in: iterations}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), record("bowl", "newton", 0, 60)}, verdict.Untested, "targets were not checked after each step, which leaves it open on bowl, where gd lr=0.1 needs 30 to 50 iterations and newton 60", ""},
		{"checks leave open which of two is first", "{method: gd, beats: newton, at: 1e-2, by: 1.1, in: evaluations}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), since(record("bowl", "newton", 0, 50), 29)}, verdict.Untested, "gd lr=0.1 needs 30 to 51 evaluations and newton 30 to 51", ""},
		{"a median between two", "{method: newton, beats: gd, at: 1e-2, by: 5}", []*results.Record{record("bowl", "newton", 0, 9), record("bowl", "newton", 1, 10), record("bowl", "gd lr=0.1", 0, 50)}, verdict.Refuted, "newton needs 10.5 evaluations and gd lr=0.1 51", "newton on bowl"},
		{"no samples, no epochs", "{method: gd, reaches: 1e-2, within: {epochs: 100}}", []*results.Record{with(record("bowl", "gd lr=0.1", 0, 50), sampleless)}, verdict.Untested, "no run tests it", ""},
		{"no epochs, but iterations", "{method: gd, reaches: 1e-2, within: {iterations: 100}}", []*results.Record{with(record("bowl", "gd lr=0.1", 0, 50), sampleless)}, verdict.Holds, "", ""},
		{"no samples to compare", "{method: newton, beats: gd, at: 1e-2, in: samples}", []*results.Record{with(record("bowl", "gd lr=0.1", 0, 50), sampleless), with(record("bowl", "newton", 0, 1), sampleless)}, verdict.Untested, "no problem on which both methods ran tests it", ""},
		{"open in the singular", "{method: newton, beats: gd, at: 1e-2, by: 40, in: iterations}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), fast}, verdict.Untested, "on bowl, where newton needs 1 iteration and gd lr=0.1 30 to 50", ""},
		{"the problem that is open, not one that is won by less", "{method: newton, beats: gd, at: 1e-2, by: 1.1, in: iterations, share: 0.5}", []*results.Record{
			record("bowl", "newton", 0, 10), record("bowl", "gd lr=0.1", 0, 12), since(record("ridge", "newton", 0, 10), 0), since(record("ridge", "gd lr=0.1", 0, 50), 9)}, verdict.Holds,
			"true on 1 of 2 problems; open on ridge, where newton needs 1 to 10 iterations and gd lr=0.1 10 to 50", ""},
		{"in time, whatever the checks have missed", "{method: gd, reaches: 1e-2, within: {iterations: 50}}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29)}, verdict.Holds, "true for 1 of 1 run", ""},
		{"perhaps in time", "{method: gd, reaches: 1e-2, within: {iterations: 49}}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29)}, verdict.Untested,
			"targets were not checked after each step, which leaves it open for gd lr=0.1 on bowl, repeat 0, which needs 30 to 50 iterations", ""},
		{"perhaps in time, by the first of two limits", "{method: gd, reaches: 1e-2, within: {iterations: 30, gradients: 30}}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29)}, verdict.Refuted, "needs 30 to 51 gradients", "gd lr=0.1 on bowl, repeat 0"},
		{"too late even at the earliest", "{method: gd, reaches: 1e-2, within: {iterations: 29}}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29)}, verdict.Refuted, "needs 30 to 50 iterations", "gd lr=0.1 on bowl, repeat 0"},
		{"perhaps in time, which is not needed", "{method: gd, reaches: 1e-2, within: {iterations: 49}, share: 0.5}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), record("bowl", "gd lr=0.1", 1, 9)}, verdict.Holds, "true for 1 of 2 runs", ""},
		{"perhaps in time, which does not help", "{method: gd, reaches: 1e-2, within: {iterations: 49}}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), never}, verdict.Refuted, "ended with status converged", "gd lr=0.1 on bowl, repeat 1"},
		{"perhaps in time, though none may be", "{method: gd, reaches: 1e-2, within: {iterations: 49}, none: true}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), never}, verdict.Untested, "leaves it open for gd lr=0.1 on bowl, repeat 0", ""},
		{"none is in time", "{method: gd, reaches: 1e-2, within: {iterations: 29}, none: true}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29)}, verdict.Holds, "the one run does not", ""},
		{"one is in time, though none may be", "{method: gd, reaches: 1e-2, within: {iterations: 49}, none: true}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), record("bowl", "gd lr=0.1", 1, 9)}, verdict.Refuted, "1 of 2 runs does", "gd lr=0.1 on bowl, repeat 1"},
		{"whatever the checks have missed", "{method: gd, beats: newton, at: 1e-2, by: 2, in: iterations}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), record("bowl", "newton", 0, 100)}, verdict.Holds, "", ""},
		{"even at the earliest", "{method: gd, beats: newton, at: 1e-2, by: 2, in: iterations}", []*results.Record{since(record("bowl", "gd lr=0.1", 0, 50), 29), record("bowl", "newton", 0, 59)}, verdict.Refuted, "gd lr=0.1 needs 50 iterations and newton 59", "gd lr=0.1 on bowl"},
		{"neither arrives", "{method: gd, beats: newton, at: 1e-2}", []*results.Record{never, record("bowl", "newton", 0, -1)}, verdict.Refuted, "not on bowl, where no setting of either method gets there in more than half of its runs", "gd lr=0.1 on bowl"},
		{"beats on a share of the problems", "{method: newton, beats: gd, at: 1e-2, by: 25, in: iterations, share: 0.5}", []*results.Record{slow, fast, record("ridge", "gd lr=0.1", 0, 1), record("ridge", "newton", 0, 1)}, verdict.Holds, "true on 1 of 2 problems; not on ridge, where newton needs 1 iteration and gd lr=0.1 1", "newton on ridge"},
		{"beats on too small a share", "{method: newton, beats: gd, at: 1e-2, by: 25, in: iterations, share: 0.6}", []*results.Record{slow, fast, record("ridge", "gd lr=0.1", 0, 1), record("ridge", "newton", 0, 1)}, verdict.Refuted, "true on 1 of 2 problems", "newton on ridge"},
		{"beats on every problem of a share", "{method: newton, beats: gd, at: 1e-2, by: 25, in: iterations, share: 0.6}", []*results.Record{slow, fast}, verdict.Holds, "true on 1 of 1 problem; at the closest", ""},
		{"no method to beat", "{method: newton, beats: gd, at: 1e-2}", []*results.Record{fast}, verdict.Untested, "", ""},
		{"none does", "{method: gd, reaches: 1e-2, none: true}", []*results.Record{never}, verdict.Holds, "the one run does not", ""},
		{"none of two does", "{method: gd, reaches: 1e-2, none: true}", []*results.Record{never, never}, verdict.Holds, "no run of 2 does", ""},
		{"one does", "{method: gd, reaches: 1e-2, none: true}", []*results.Record{never, slow}, verdict.Refuted, "1 of 2 runs does", "gd lr=0.1 on bowl, repeat 0"},
		{"no run to do it", "{method: gd, reaches: 1e-2, none: true}", []*results.Record{skipped}, verdict.Untested, "", ""},
		{"beats another setting", "{method: gd, where: {lr: 0.2}, beats: gd, beats-where: {lr: 0.1}, at: 1e-2, by: 5, in: iterations}", []*results.Record{slow, record("bowl", "gd lr=0.2", 0, 10)}, verdict.Holds, "gd lr=0.2 needs 10 iterations and gd lr=0.1 50", ""},
		{"only the named settings of the rival count", "{method: newton, beats: gd, beats-where: {lr: 0.1}, at: 1e-2, by: 10, in: iterations}", []*results.Record{slow, record("bowl", "gd lr=0.2", 0, 1), fast}, verdict.Holds, "newton needs 1 iteration and gd lr=0.1 50", ""},
		{"ends lower", "{method: newton, beats: gd, in: gap, by: 499}", []*results.Record{low, never}, verdict.Holds, "newton ends at a gap of 0.001 and gd lr=0.1 at 0.5", ""},
		{"lower than f* can show", "{method: newton, beats: gd, in: gap, by: 501}", []*results.Record{low, never}, verdict.Refuted, "", "newton on bowl"},
		{"what diverged ends nowhere", "{method: gd, beats: newton, in: gap}", []*results.Record{low, blown}, verdict.Refuted, "gd lr=0.1 ends at a gap of ∞", "gd lr=0.1 on bowl"},
		{"gaps without f*", "{method: newton, beats: gd, in: gap}", []*results.Record{with(record("bowl", "newton", 0, 1), func(r *results.Record) { r.Minimum = nil }), never}, verdict.Untested, "", ""},
		{"in passes", "{method: newton, beats: gd, at: 1e-2, by: 2, in: passes}", []*results.Record{second, first}, verdict.Holds, "newton needs 6 passes and gd lr=0.2 12", ""},
		{"not in passes", "{method: newton, beats: gd, at: 1e-2, by: 2.1, in: passes}", []*results.Record{second, first}, verdict.Refuted, "", "newton on bowl"},
		{"at most", "{method: gd, measure: sharpness, at-most: 4}", []*results.Record{watched}, verdict.Holds, "", ""},
		{"more than that", "{method: gd, measure: sharpness, at-most: 3.9}", []*results.Record{watched}, verdict.Refuted, "sharpness is 4 at the end", "gd lr=0.1 on bowl, repeat 0"},
		{"at the start", "{method: gd, measure: sharpness, when: start, at-least: 9, at-most: 10}", []*results.Record{watched}, verdict.Holds, "", ""},
		{"less than that", "{method: gd, measure: sharpness, when: start, at-least: 9.1}", []*results.Record{watched}, verdict.Refuted, "sharpness is 9 at the start", "gd lr=0.1 on bowl, repeat 0"},
		{"a quotient", "{method: gd, measure: layer 1, over: layer 2, at-least: 3, at-most: 3}", []*results.Record{watched}, verdict.Holds, "", ""},
		{"another quotient", "{method: gd, measure: layer 1, over: layer 2, when: start, at-least: 3}", []*results.Record{watched}, verdict.Refuted, "layer 1 / layer 2 is 0.125 at the start", "gd lr=0.1 on bowl, repeat 0"},
		{"the value", "{method: gd, measure: value, at-most: 1}", []*results.Record{slow}, verdict.Holds, "", ""},
		{"a larger value", "{method: gd, measure: value, at-least: 1.5}", []*results.Record{slow}, verdict.Refuted, "value is 1 at the end", "gd lr=0.1 on bowl, repeat 0"},
		{"consistent", "{method: gd, consistent: true}", []*results.Record{theorems("holds", "not measured")}, verdict.Holds, "", ""},
		{"a theorem violated", "{method: gd, consistent: true}", []*results.Record{theorems("holds", "violated")}, verdict.Refuted, "theorem 2 is violated", "gd lr=0.1 on bowl, repeat 0"},
		{"no theorem measured", "{method: gd, consistent: true}", []*results.Record{theorems("not measured"), slow}, verdict.Untested, "", ""},
		{"not measured", "{method: gd, measure: layer 3, at-most: 4}", []*results.Record{watched}, verdict.Untested, "", ""},
		{"another kind", "{method: newton, reaches: {value: 0}}", []*results.Record{ofKind(record("bowl", "newton", 0, -1), "value", 0, 3, "")}, verdict.Holds, "true for 1 of 1 run", ""},
		{"another kind is missed", "{method: newton, reaches: {value: 0}}", []*results.Record{ofKind(record("bowl", "newton", 0, 3), "value", 0, -1, "")}, verdict.Refuted, "ended with status converged before it", "newton on bowl, repeat 0"},
		{"another kind is not measurable", "{method: newton, reaches: {accuracy: 0.9}}", []*results.Record{ofKind(record("bowl", "newton", 0, 3), "accuracy", 0.9, -1, "no such diagnostic")}, verdict.Untested, "no run tests", ""},
		{"beats to another kind, without f*", "{method: newton, beats: gd, at: {accuracy: 0.9}, in: iterations, by: 4}", []*results.Record{
			with(ofKind(record("bowl", "newton", 0, 50), "accuracy", 0.9, 2, ""), func(r *results.Record) { r.Minimum = nil }), ofKind(record("bowl", "gd lr=0.1", 0, 1), "accuracy", 0.9, 8, "")}, verdict.Holds, "newton needs 2 iterations and gd lr=0.1 8", ""},
		{"the best setting counts", "{method: newton, beats: gd, at: 1e-2, by: 2}", []*results.Record{slow, record("bowl", "gd lr=0.2", 0, 2), fast}, verdict.Refuted, "gd lr=0.2 3", "newton on bowl"},
	} {
		got := checked(t, c.claim, c.records...)
		if got.Verdict != c.verdict || !strings.Contains(got.Evidence, c.evidence) || got.Counterexample != c.example {
			t.Errorf("%s: %+v; expected %s, %q, %q", c.name, got, c.verdict, c.evidence, c.example)
		}
		if !strings.HasPrefix(got.Place, "t.yaml:11:5") {
			t.Errorf("%s: the place is %q", c.name, got.Place)
		}
	}
}

// The last number is what decides, rounding is not.
func TestDescendsUpToRounding(t *testing.T) {
	r := record("bowl", "newton", 0, 1)
	r.Trace.Value = results.Series{1, math.Nextafter(1, 2), 1}
	if got := checked(t, "{method: newton, descends: true}", r); got.Verdict != verdict.Holds {
		t.Errorf("a rise by one ulp: %+v", got)
	}
}

// There is only one global minimum where all runs that end at one end at the same point; ends that differ by what a
// stop leaves are the same, runs that end elsewhere or from an unknown distance say nothing.
func TestOnlyOne(t *testing.T) {
	end := func(repeat int, kind string, way float64, x ...float64) *results.Record {
		r := record("bowl", "newton", repeat, 3)
		r.Start = &results.Start{Distance: results.Number(way)}
		r.Final = &results.Final{CriticalPoint: kind, X: (*results.Series)(&x)}
		return r
	}
	const global = "global minimum"
	for _, c := range []struct {
		name    string
		runs    []*results.Record
		verdict string
	}{
		{"two ends", []*results.Record{end(0, global, 1, 1, 2), end(1, global, 1, -1, 2)}, verdict.Refuted},
		{"one end", []*results.Record{end(0, global, 1, 1, 2), end(1, global, 1, 1.0001, 2)}, verdict.Holds},
		{"at the origin", []*results.Record{end(0, global, 1, 1e-9, 0), end(1, global, 1, -1e-9, 0)}, verdict.Holds},
		{"in other units", []*results.Record{end(0, global, 1e-9, 1e-9, 2e-9), end(1, global, 1e-9, -1e-9, 2e-9)}, verdict.Refuted},
		{"a local one", []*results.Record{end(0, global, 1, 1, 2), end(1, "local minimum", 1, -1, 2)}, verdict.Holds},
		{"unknown ways", []*results.Record{end(0, global, math.NaN(), 1, 2), end(1, global, math.NaN(), -1, 2)}, verdict.Untested},
	} {
		got := checked(t, "{method: newton, on: bowl, only-one: global-minimum, lesson: minima}", c.runs...)
		if got.Verdict != c.verdict || got.Lesson != "minima" || c.verdict == verdict.Refuted && !strings.Contains(got.Evidence, "repeat 0 at (") {
			t.Errorf("%s: %+v; expected %s", c.name, got, c.verdict)
		}
	}
}
