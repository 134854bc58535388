package pool_test

import "testing"

// A network begins each repeat elsewhere, and all methods at the same places. Where its start is
// fixed it runs once.
func TestStartsOfNetworks(t *testing.T) {
	folder, _ := runText(t, `
suite: t
repeats: 10
budget: {iterations: 1}
problems:
  - {name: mlp, data: iris, init: [glorot, he, orthogonal, normal, zero]}
  - {name: mlp, data: iris, start: {name: named, of: he}, label: named}
  - {name: mlp, data: iris, start: {name: named, of: zero}, label: origin}
  - {name: shift, of: {name: mlp, data: iris}}
  - {name: rotate, of: {name: mlp, data: iris, init: zero}}
  - {name: mlp, data: iris, start: {name: normal, scale: 0}, label: around}
  - {name: mlp, data: iris, start: {name: normal, scale: 0, origin: true}, label: nowhere}
  - quadratic
methods: [{name: fixed-step, lr: 1e-3}, {name: adam, lr: 1e-3}]
`, 2)
	values := map[string]map[string]map[float64]bool{} // by problem and method
	cells := map[string]int{}
	for _, r := range readRecords(t, folder) {
		problem, method := r.Labels.Problem, r.Labels.Method
		if values[problem] == nil {
			values[problem] = map[string]map[float64]bool{}
		}
		if values[problem][method] == nil {
			values[problem][method] = map[float64]bool{}
		}
		values[problem][method][float64(r.Start.Value)] = true
		if kept := map[string]int{"fixed-step lr=0.001": 0, "adam lr=0.001": 3 * r.Variables}[method]; r.Memory == nil || *r.Memory != int64(kept) {
			t.Errorf("%s on %s: memory %v; expected %d", method, problem, r.Memory, kept)
		}
		cells[problem]++
	}
	want := map[string]int{
		"mlp data=iris init=glorot": 10, "mlp data=iris init=he": 10, "mlp data=iris init=orthogonal": 10,
		"mlp data=iris init=normal": 10, "mlp data=iris init=zero": 1, "named": 10, "origin": 1, "shift": 10, "rotate": 1,
		"around": 10, "nowhere": 1, "quadratic": 1,
	}
	seen := 0
	for problem, byMethod := range values {
		n := 0
		for name, expected := range want {
			if len(problem) >= len(name) && problem[:len(name)] == name {
				n, seen = expected, seen+1
			}
		}
		if n == 0 || cells[problem] != 2*n {
			t.Errorf("%s has %d cells; expected %d", problem, cells[problem], 2*n)
		}
		var first map[float64]bool
		for method, starts := range byMethod {
			if len(starts) != n {
				t.Errorf("%s, %s: %d different starts; expected %d", problem, method, len(starts), n)
			}
			for v := range starts {
				if first != nil && !first[v] {
					t.Errorf("%s: the methods do not begin at the same points", problem)
				}
			}
			first = starts
		}
	}
	if seen != len(want) {
		t.Errorf("%d problems of %d: %v", seen, len(want), cells)
	}
}
