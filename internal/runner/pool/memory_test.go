package pool_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Where memory is short there are fewer workers, with the reason, or none and an error.
func TestWorkersFitIntoMemory(t *testing.T) {
	const text = `
suite: s
budget: {iterations: 1}
trace: {points: 0}
problems: [{name: quadratic, dim: 1500}]
methods: [{name: fixed-step, lr: 1/L}, METHOD]
`
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	run := func(method string, megabytes int64) (string, int, error) {
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		debug.SetMemoryLimit(int64(now.HeapAlloc) + megabytes<<20)
		m, err := pool.Run(context.Background(), readSuite(t, strings.Replace(text, "METHOD", method, 1)),
			pool.Options{Folder: filepath.Join(t.TempDir(), "run"), Workers: 3})
		if m == nil {
			return "", 0, err
		}
		return strings.Join(m.Warnings, " "), m.Workers, err
	}
	// Three matrices of 1500×1500 numbers are 51.5 MiB, a vector is nothing beside.
	if warnings, workers, err := run("newton", 400); err != nil || workers != 3 || warnings != "" {
		t.Errorf("enough: %d workers, %q, %v", workers, warnings, err)
	}
	if warnings, workers, err := run("newton", 130); err != nil || workers != 2 ||
		!strings.Contains(warnings, "running 2 workers instead of 3: newton on quadratic dim=1500 needs about 52 MiB per worker, and GOMEMLIMIT leaves") {
		t.Errorf("less: %d workers, %q, %v", workers, warnings, err)
	}
	if _, _, err := run("bfgs", 30); err == nil || !strings.Contains(err.Error(), "bfgs on quadratic dim=1500 needs about 52 MiB per worker") {
		t.Errorf("too little: %v", err)
	}
	if _, workers, err := run("nesterov", 30); err != nil || workers != 3 {
		t.Errorf("vectors only: %d workers, %v", workers, err)
	}
}

// The garbage of a thousand small cells is hardly worth a collection.
func TestCollectionsAreFew(t *testing.T) {
	const text = `
suite: s
repeats: 1000
budget: {iterations: 3}
problems: [{name: sphere, start: {name: box}}]
methods: [{name: fixed-step, lr: 0.1}]
`
	count := func() uint32 {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		runText(t, text, 1)
		runtime.ReadMemStats(&after)
		return after.NumGC - before.NumGC
	}
	few := count()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 40)) // which leaves no headroom
	if many := count(); 2*few > many {
		t.Errorf("%d collections, and %d without headroom", few, many)
	}
}

// A matrix that cannot fit is refused, its cell skipped, and counts for nothing.
func TestNoRoomForAMatrix(t *testing.T) {
	const text = `
suite: s
budget: {iterations: 1}
trace: {points: 0}
problems: [{name: quadratic, dim: 11000}]
methods: [newton, bfgs, trust-region, {name: trust-region, subproblem: dogleg}, {name: fixed-step, lr: 1/L}]
`
	folder, m := runText(t, text, 2)
	if m.Status[results.Skipped] != 3 || m.Status[results.Budget] != 2 || len(m.Warnings) > 0 {
		t.Errorf("%v, %q", m.Status, m.Warnings)
	}
	lines, err := os.ReadFile(filepath.Join(folder, results.RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	const want = "needs memory for a matrix of 11000×11000 numbers; the limit on numbers of a dense matrix is 100000000; to raise it, set GDBENCH_LIMITS=dense=NUMBER in the environment"
	if n := strings.Count(string(lines), want); n != 3 {
		t.Errorf("%d cells say so", n)
	}
}

// Every method asks for room before it makes a matrix: where there is none it is refused,
// or keeps vectors alone.
func TestMethodsAskForRoom(t *testing.T) {
	const n = 400
	source := param.Source("test")
	s := readSuite(t, "suite: s\nproblems: [{name: quadratic, dim: 400}, {name: least-squares, data: {name: regression, samples: 500, features: 399}}]\nmethods: [newton]\n")
	asked, tried := 0, 0
	for _, p := range s.Problems {
		built, err := prepare.Problem(s, p)
		if err != nil {
			t.Fatal(err)
		}
		problem, facts := built.Problem, built.Facts
		begin := func(name, text string) {
			var document yaml.Node
			if err := yaml.Unmarshal([]byte(text), &document); err != nil {
				t.Fatal(err)
			}
			spec, err := param.Of[methods.Method]().Only(source, document.Content[0], nil)
			if err != nil {
				return // it wants a parameter
			}
			component, err := spec.New()
			if err != nil || param.Resolve(component, facts.Global) != nil {
				return
			}
			oracle, err := problems.NewOracle(problem, facts, problems.OracleOptions{Horizon: 10, Trial: true})
			if err != nil {
				t.Fatal(err)
			}
			tried++
			at := methods.Iterate{Point: methods.Point{X: make([]float64, problem.Dim()), Grad: make([]float64, problem.Dim())}}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			method := methods.Unwrap(component)
			if err = method.Init(oracle, &at); err == nil {
				_ = method.Step(&at) // some make room at the first step
			}
			runtime.ReadMemStats(&after)
			if oracle.Dense() > 0 {
				asked++
				if err == nil {
					t.Errorf("%s on %s goes on where there is no room", name, p.Label)
				}
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > n*n*4 {
				t.Errorf("%s on %s makes %d bytes without asking", name, p.Label, grown)
			}
		}
		for _, name := range param.Of[methods.Method]().Names() {
			if !strings.HasPrefix(name, "test-") {
				begin(name, "{name: "+name+"}")
			}
		}
		for _, name := range param.Of[methods.Direction]().Names() {
			begin(name, "{name: descent, direction: "+name+", step: {name: fixed, t: 0.1}}")
		}
	}
	if asked < 10 || tried < 60 {
		t.Errorf("%d of %d methods asked", asked, tried)
	}
}
