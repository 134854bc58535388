package constrained

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/param"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

//go:embed testdata/scipy.json
var scipyRuns []byte

// scipyRun is a run of SciPy's L-BFGS-B, which testdata/reference.py makes.
type scipyRun struct {
	Problem     string     `json:"problem"`
	Start       []float64  `json:"start"`
	Lower       []*float64 `json:"lower"`
	Upper       []*float64 `json:"upper"`
	Value       float64    `json:"value"`
	X           []float64  `json:"x"`
	Iterations  int        `json:"iterations"`
	Evaluations int        `json:"evaluations"`
}

// box is the constraint in the suite language, "" where there is none.
func (r *scipyRun) box() string {
	some := false
	side := func(bounds []*float64) string {
		parts := make([]string, len(bounds))
		for i, b := range bounds {
			if parts[i] = "none"; b != nil {
				parts[i], some = fmt.Sprint(*b), true
			}
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	text := "{box: {lower: " + side(r.Lower) + ", upper: " + side(r.Upper) + "}}"
	if !some {
		return ""
	}
	return text
}

// active is how many bounds hold with equality.
func (r *scipyRun) active(x []float64) string {
	var b strings.Builder
	for i, v := range x {
		switch {
		case r.Lower[i] != nil && v == *r.Lower[i]:
			b.WriteByte('l')
		case r.Upper[i] != nil && v == *r.Upper[i]:
			b.WriteByte('u')
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// ours runs lbfgsb until |x − P(x − ∇f)| ≤ 1e-7 in each variable, SciPy's stop.
func (r *scipyRun) ours(t *testing.T) (x []float64, f float64, evaluations int64) {
	t.Helper()
	document, err := param.Load("test", strings.NewReader("it: "+r.Problem))
	if err != nil {
		t.Fatal(err)
	}
	spec, err := param.Of[problems.Problem]().Only("test", document.Content[1], nil)
	if err != nil {
		t.Fatal(err)
	}
	component, err := spec.New()
	if err != nil {
		t.Fatal(err)
	}
	p := component.(problems.Problem)
	if err := problems.Build(p, problems.Env{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if text := r.box(); text != "" {
		p = on(t, p, text)
	}
	x0 := append([]float64(nil), r.Start...)
	free := methodtest.Exact(t, p)
	free.Project(x0, x0)
	run := methodtest.Begin(t, "lbfgsb", p, x0)
	g, u := make([]float64, len(x0)), make([]float64, len(x0))
	for range 2000 {
		p.Evaluate(run.At.X, g)
		for i := range u {
			u[i] = run.At.X[i] - g[i]
		}
		free.Project(u, u)
		far := 0.0
		for i := range u {
			far = math.Max(far, math.Abs(u[i]-run.At.X[i]))
		}
		if far <= 1e-7 {
			break
		}
		if err := run.Step(run.At); errors.Is(err, methods.ErrStalled) {
			t.Logf("%s: stalled at %g: %v", r.Problem, far, err)
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return run.At.X, p.Evaluate(run.At.X, nil), run.Oracle.Counts().Evaluations
}

// compare checks that both end at one minimizer with the same active bounds, and returns both costs.
func (r *scipyRun) compare(t *testing.T) (ours, theirs int64) {
	t.Helper()
	x, f, evaluations := r.ours(t)
	if math.Abs(f-r.Value) > 1e-9*math.Max(1, math.Abs(r.Value)) {
		t.Errorf("%s %s: f = %.12g; SciPy ends at %.12g", r.Problem, r.box(), f, r.Value)
	}
	for i, v := range x {
		if math.Abs(v-r.X[i]) > 1e-5*math.Max(1, math.Abs(v)) {
			t.Errorf("%s %s: at %v; SciPy ends at %v", r.Problem, r.box(), x, r.X)
			break
		}
	}
	if a, b := r.active(x), r.active(r.X); a != b {
		t.Errorf("%s %s: active bounds %s; in SciPy %s", r.Problem, r.box(), a, b)
	}
	t.Logf("%s %s: %d evaluations, SciPy %d", r.Problem, r.box(), evaluations, r.Evaluations)
	return evaluations, int64(r.Evaluations)
}

// L-BFGS-B ends where SciPy's does, with the same active bounds, at about its cost.
func TestAgainstSciPy(t *testing.T) { compareAll(t, scipyRuns) }

// The same against the SciPy that is installed.
func TestPeersBounds(t *testing.T) {
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skip("needs SciPy; ./test --peers runs it")
	}
	command := exec.Command("python3", "testdata/reference.py")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	compareAll(t, out)
}

func compareAll(t *testing.T, text []byte) {
	t.Helper()
	var all struct {
		Runs []scipyRun `json:"runs"`
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&all); err != nil {
		t.Fatal(err)
	}
	if len(all.Runs) < 10 {
		t.Fatalf("only %d runs", len(all.Runs))
	}
	var ours, theirs int64
	for _, r := range all.Runs {
		a, b := r.compare(t)
		ours, theirs = ours+a, theirs+b
		if a > 2*b+4 || b > 2*a+4 {
			t.Errorf("%s %s: %d evaluations, and %d in SciPy", r.Problem, r.box(), a, b)
		}
	}
	if ratio := float64(ours) / float64(theirs); ratio > 1.25 || ratio < 0.8 {
		t.Errorf("%d evaluations in all, and %d in SciPy", ours, theirs)
	}
}
