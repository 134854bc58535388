package play_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

func run(t *testing.T, setup string) *play.Record {
	t.Helper()
	var s play.Setup
	if err := json.Unmarshal([]byte(setup), &s); err != nil {
		t.Fatal(err)
	}
	r, err := play.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The suite that comes with a record gives the same run.
func TestSuiteGivesTheSameRun(t *testing.T) {
	for _, setup := range []string{
		`{"problem": {"name": "rosenbrock"}, "start": [-1, 1], "methods": [{"name": "newton"}], "iterations": 50}`,
		`{"problem": {"name": "expression", "settings": {"of": "x^4 - 2*x^2"}}, "methods": [{"name": "fixed-step", "settings": {"lr": 0.1}}], "iterations": 40}`,
		`{"problem": {"name": "least-squares", "settings": {"data": {"name": "regression", "samples": 64, "features": 2}, "intercept": "none"}}, "methods": [{"name": "sgd", "settings": {"lr": 0.1, "batch": 8}}], "iterations": 30, "seed": 7}`,
	} {
		r := run(t, setup)
		s, err := suite.Read("taken", ".", strings.NewReader(r.Suite), nil)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := pool.First(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		got := r.Runs[0]
		if len(got.F) != again.Trace.Len() || got.F[len(got.F)-1] != again.Trace.Value[len(got.F)-1] || len(got.Gradient) != len(got.X) {
			t.Errorf("%s: %d points to %v; the suite gives %d points to %v", setup, len(got.F), got.F, again.Trace.Len(), again.Trace.Value)
		}
	}
}

// x − lr·f′(x), worked out by hand on (x² + 10y²)/2.
func TestStepsAndPromises(t *testing.T) {
	r := run(t, `{"problem": {"name": "quadratic", "settings": {"dim": 2, "condition": 10}}, "start": [1, 1],
		"methods": [{"name": "fixed-step", "settings": {"lr": "1.5/L"}}, {"name": "fixed-step", "settings": {"lr": "2.5/L"}}, {"name": "fixed-step", "settings": {"lr": "2/L"}}], "iterations": 100}`)
	good, bad, edge := r.Runs[0], r.Runs[1], r.Runs[2]
	if x := good.X[1]; x[0] != 1-0.15 || x[1] != 1-0.15*10 || good.Gradient[0][1] != 10 {
		t.Errorf("the first step leads to %v, with the gradient %v before it", x, good.Gradient[0])
	}
	if !good.Plain || good.Limit.Limit != 0.2 || good.Theorem == nil {
		t.Errorf("limit %v, %s", good.Limit, good.Promise)
	}
	for _, d := range []play.Descent{bad, edge} {
		if d.Theorem != nil || !strings.HasPrefix(d.Promise, "no theorem promises that it converges: lr is ") || d.Theory != "" {
			t.Errorf("%s: %q, %q", d.Label, d.Promise, d.Theory)
		}
	}
	if bad.Status != "diverged" || !strings.Contains(bad.Promise, "lr is 1.25 × the limit 2/L") {
		t.Errorf("2.5/L: %s, %s", bad.Status, bad.Promise)
	}
	// y jumps between 1 and −1, and x shrinks by 1 − 0.2.
	if len(edge.Events) != 1 || edge.Events[0].Kind != "cycle" || edge.Status != "budget" {
		t.Errorf("2/L: %s %v", edge.Status, edge.Events)
	}
}

// What the page says is promised, and its line of dots, is the least of what the theorems promise of the
// gap: (1 − αμ)²ᵏΔ₀ below 2/(L + μ) and (1 − αL)²ᵏΔ₀ above, sharpened on quadratics to
// LR²/2·max{a(1 − aαL)²ᵏ, (1 − αL)²ᵏ} with a = 1/(αL(2k + 1)), within μ/L and 1.
func TestPromiseIsTheLeastBound(t *testing.T) {
	const mu, l = 1., 10.
	for _, c := range []struct {
		alpha float64
		steps int
	}{{0.15, 50}, {0.15, 1}, {0.05, 40}, {0.19, 30}} {
		r := run(t, fmt.Sprintf(`{"problem": {"name": "quadratic", "settings": {"dim": 2, "condition": 10}}, "start": [1, 1], "methods": [{"name": "fixed-step", "settings": {"lr": %g}}], "iterations": %d}`, c.alpha, c.steps)).Runs[0]
		bound := func(k float64) float64 {
			rho := max(math.Abs(1-c.alpha*mu), math.Abs(1-c.alpha*l))
			a := min(max(1/(c.alpha*l*(2*k+1)), mu/l), 1)
			strong := math.Pow(rho, 2*k) * (mu + l) / 2
			return min(strong, l*2/2*max(a*math.Pow(1-a*c.alpha*l, 2*k), math.Pow(1-c.alpha*l, 2*k)))
		}
		by := r.Theorem
		if by == nil || len(by.Gap) == 0 || int(by.Iteration[len(by.Gap)-1]) != c.steps {
			t.Fatalf("lr = %g: %s, by %v", c.alpha, r.Promise, by)
		}
		want := bound(float64(c.steps))
		if got := by.Gap[len(by.Gap)-1]; math.Abs(got-want) > 1e-9*want {
			t.Errorf("lr = %g, %d steps: by %s the gap is at most %v; expected %v", c.alpha, c.steps, by.Name, got, want)
		}
		var said float64
		if _, err := fmt.Sscanf(r.Promise, "theory promises that f − f* is at most %g after", &said); err != nil || math.Abs(said-want) > 1e-3*want {
			t.Errorf("lr = %g: %s; expected %v", c.alpha, r.Promise, want)
		}
	}
}

// A batch of all samples is no batch: the descent is gradient descent, with the same promise.
func TestPromiseOfAllSamples(t *testing.T) {
	r := run(t, `{"problem": {"name": "least-squares", "settings": {"data": {"name": "regression", "samples": 64, "features": 2}, "intercept": "none"}}, "start": [3, 3], "iterations": 20,
		"methods": [{"name": "sgd", "settings": {"lr": 0.1, "batch": 64}}, {"name": "fixed-step", "settings": {"lr": 0.1}}, {"name": "sgd", "settings": {"lr": 0.1, "batch": 32}}, {"name": "sgd", "settings": {"lr": 0.1, "batch": 64, "sampling": "replace"}}]}`)
	all, plain := r.Runs[0], r.Runs[1]
	if all.Theorem == nil || plain.Theorem == nil || all.Theorem.Name != plain.Theorem.Name {
		t.Errorf("%s; gradient descent: %s", all.Promise, plain.Promise)
	}
	for _, part := range r.Runs[2:] {
		if part.Theorem != nil {
			t.Errorf("%s: %s", part.Label, part.Promise)
		}
	}
}

func answer(t *testing.T, request string) play.Reply {
	t.Helper()
	var reply play.Reply
	if err := json.Unmarshal(play.Answer(t.Context(), strings.NewReader(request)), &reply); err != nil {
		t.Fatal(err)
	}
	return reply
}

func TestRefused(t *testing.T) {
	setup := func(problem, methods string, iterations string) string {
		return `{"ask": "run", "setup": {"problem": ` + problem + `, "methods": [` + methods + `], "iterations": ` + iterations + `}}`
	}
	const gd = `{"name": "fixed-step", "settings": {"lr": 0.1}}`
	for request, want := range map[string]string{
		`{`:                                      "not understood",
		`{"ask": "format"}`:                      "expected run or offers",
		`{"ask": "run", "extra": 1}`:             "not understood",
		setup(`{"name": "sphere"}`, ``, "5"):     "0 methods; expected 1 to 4",
		setup(`{"name": "sphere"}`, gd, "1e9"):   "not understood",
		setup(`{"name": "sphere"}`, gd, "99999"): "expected 1 to 20000",
		setup(`{"name": "spheer"}`, gd, "5"):     "unknown problem",
		setup(`{"name": "expression", "settings": {"of": "x +"}}`, gd, "5"):                                                                "unexpected token EOF",
		setup(`{"name": "expression", "settings": {"of": "x\"}, {name: sphere"}}`, gd, "5"):                                                "texts have no meaning here",
		setup(`{"name": "logistic", "settings": {"data": {"name": "csv", "path": "/etc/passwd"}}}`, gd, "5"):                               "reads no files",
		setup(`{"name": "sphere", "settings": {"dim": 100000}}`, gd, "5000"):                                                               "too many to show",
		setup(`{"name": "sphere", "settings": {"a": {"name": "b", "c": {"name": "d", "e": {"name": "f", "g": {"name": "h"}}}}}}`, gd, "5"): "too many settings",
	} {
		if reply := answer(t, request); !strings.Contains(reply.Error, want) || reply.Record != nil {
			t.Errorf("%s\n%s\nexpected %q", request, reply.Error, want)
		}
	}
}

// What takes too long is stopped: the descents, and the picture of a function.
func TestStopped(t *testing.T) {
	for what, setup := range map[string]string{
		"descents": `{"problem": {"name": "expression", "settings": {"of": "sum(i, 0, 20000, sin(i*x))"}}, "methods": [{"name": "fixed-step", "settings": {"lr": 1e-9}}], "iterations": 20000}`,
		"picture":  `{"problem": {"name": "expression", "settings": {"of": "sum(i, 0, 20000, sin(i*x + y))"}}, "methods": [{"name": "fixed-step", "settings": {"lr": 1e-9}}], "iterations": 1}`,
	} {
		t.Run(what, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			began := time.Now()
			reply := string(play.Answer(ctx, strings.NewReader(`{"ask": "run", "setup": `+setup+`}`)))
			if took := time.Since(began); !strings.Contains(reply, "stopped: the descents took too long") || took > 10*time.Second {
				t.Errorf("after %v: %.300s", took, reply)
			}
		})
	}
}

// What is offered is what the catalogue has, and it does something: the rate that comes with a function
// lowers it, and a method with the settings that come with it lowers a quadratic or the regression.
func TestOffers(t *testing.T) {
	reply := answer(t, `{"ask": "offers", "setup": {"problem": {"name": ""}, "methods": [], "iterations": 0}}`)
	if reply.Error != "" {
		t.Fatal(reply.Error)
	}
	names := func(offers []play.Offer) (first, more []string) {
		for _, o := range offers {
			if o.Summary == "" {
				t.Errorf("%s has no summary", o.Name)
			}
			if o.More {
				more = append(more, o.Name)
			} else {
				first = append(first, o.Name)
			}
		}
		return first, more
	}
	for _, c := range []struct {
		offers    []play.Offer
		have      []string
		haveNot   []string
		mostFirst int
	}{
		{reply.Offers.Problems, []string{"beale", "brown-badly-scaled", "goldstein-price", "zakharov", "levy", "rosenbrock"}, []string{"bard", "mlp", "expression", "lasso", "rotate"}, 20},
		{reply.Offers.Methods, []string{"lbfgs", "saga", "prodigy", "gauss-newton", "item", "adam"}, []string{"muon", "shampoo", "frank-wolfe", "mirror-descent"}, 20},
	} {
		first, more := names(c.offers)
		all := slices.Concat(first, more)
		if len(first) > c.mostFirst || len(more) < len(first) || !slices.IsSorted(more) {
			t.Errorf("%d to begin with, %d more, sorted %v", len(first), len(more), slices.IsSorted(more))
		}
		for _, name := range c.have {
			if !slices.Contains(all, name) {
				t.Errorf("%s is not offered", name)
			}
		}
		for _, name := range c.haveNot {
			if slices.Contains(all, name) {
				t.Errorf("%s is offered", name)
			}
		}
	}
	for _, o := range reply.Offers.Problems {
		r, err := play.Run(t.Context(), play.Setup{Problem: play.Component{Name: o.Name, Settings: o.Settings}, Methods: []play.Component{{Name: "fixed-step", Settings: map[string]any{"lr": o.Rate}}}, Iterations: 2})
		if err != nil {
			t.Errorf("%s: %v", o.Name, err)
			continue
		}
		d := r.Runs[0]
		if len(d.F) < 2 || !(d.F[1] < d.F[0]) {
			t.Errorf("%s with lr = %q: %s, %s, f %v", o.Name, o.Rate, d.Status, d.Message, d.F)
		}
		drawn := slices.DeleteFunc(slices.Clone(r.Picture.F), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
		if r.Problem.Dim != o.Dim || len(drawn) < len(r.Picture.F)/2 || slices.Max(drawn) == slices.Min(drawn) {
			t.Errorf("%s cannot be drawn: %d finite values of %d in %d variables", o.Name, len(drawn), len(r.Picture.F), o.Dim)
		}
	}
	quadratic, sum := reply.Offers.Problems[0], reply.Offers.Problems[19]
	for _, o := range reply.Offers.Methods {
		lowers := func(p play.Offer) bool {
			r, err := play.Run(t.Context(), play.Setup{Problem: play.Component{Name: p.Name, Settings: p.Settings}, Methods: []play.Component{{Name: o.Name, Settings: o.Settings}}, Iterations: 50})
			if err != nil {
				t.Fatal(err)
			}
			f := r.Runs[0].F
			return len(f) > 1 && f[len(f)-1] < 0.9*f[0]+0.1*float64(r.Problem.Minimum)
		}
		if !lowers(quadratic) && !lowers(sum) {
			t.Errorf("%s with %v hardly moves", o.Name, o.Settings)
		}
	}
}

// A function as one types it is the one that is offered.
func TestTyped(t *testing.T) {
	reply := answer(t, `{"ask": "offers", "setup": {"problem": {"name": ""}, "methods": [], "iterations": 0}}`)
	compared := 0
	for _, o := range reply.Offers.Problems {
		if o.Typed == "" {
			continue
		}
		compared++
		drawn := func(p play.Component) results.Series {
			r, err := play.Run(t.Context(), play.Setup{Problem: p, Start: []float64{1, 0.5}[:o.Dim], Window: &play.Window{X: results.Series{-2, 3}, Y: results.Series{-1, 4}[:2*(o.Dim-1)]},
				Methods: []play.Component{{Name: "fixed-step", Settings: map[string]any{"lr": 0.001}}}, Iterations: 1})
			if err != nil {
				t.Fatal(err)
			}
			return r.Picture.F
		}
		want := drawn(play.Component{Name: "expression", Settings: map[string]any{"of": o.Typed}})
		for i, f := range drawn(play.Component{Name: o.Name, Settings: o.Settings}) {
			if math.Abs(f-want[i]) > 1e-12*max(1, math.Abs(f)) {
				t.Errorf("%s: %v; typed as %s it is %v", o.Name, f, o.Typed, want[i])
				break
			}
		}
	}
	if compared < 5 {
		t.Errorf("only %d compared", compared)
	}
}

// The picture is that of the window, with room and equal scales: x + 10y at its corners.
func TestPicture(t *testing.T) {
	r := run(t, `{"problem": {"name": "expression", "settings": {"of": "x + 10*y"}}, "window": {"x": [0, 8], "y": [1, 2]}, "start": [2, 1.5], "methods": [{"name": "fixed-step", "settings": {"lr": 1}}], "iterations": 1}`)
	p := r.Picture
	n := p.Cells
	if len(p.F) != n*n {
		t.Fatalf("%d values of %d × %d", len(p.F), n, n)
	}
	x, y := p.Window.X, p.Window.Y
	for _, c := range []struct{ got, want float64 }{
		{p.F[0], x[0] + 10*y[0]}, {p.F[n-1], x[1] + 10*y[0]}, {p.F[n*n-n], x[0] + 10*y[1]}, {p.F[n*n-1], x[1] + 10*y[1]},
		{x[0], -0.32}, {x[1], 8.32}, {(y[0] + y[1]) / 2, 1.5}, {(y[1] - y[0]) / (x[1] - x[0]), 7. / 8},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%v; expected %v", c.got, c.want)
		}
	}
	line := run(t, `{"problem": {"name": "expression", "settings": {"of": "x^3"}}, "start": [5], "methods": [{"name": "fixed-step", "settings": {"lr": 1}}], "iterations": 1}`)
	x = line.Picture.Window.X
	if last := len(line.Picture.F) - 1; x[1] < 5 || math.Abs(line.Picture.F[last]-math.Pow(x[1], 3)) > 1e-9 || math.Abs(line.Picture.Slope[last]-3*x[1]*x[1]) > 1e-9 {
		t.Errorf("the window %v, f %v, slope %v", x, line.Picture.F[last], line.Picture.Slope[last])
	}
}

// In more than two variables the iterates are left out, and the lengths of the steps stay: those of
// gradient descent are lr·‖∇f‖.
func TestManyVariables(t *testing.T) {
	r := run(t, `{"problem": {"name": "quadratic", "settings": {"dim": 5, "condition": 10}}, "methods": [{"name": "fixed-step", "settings": {"lr": 0.05}}], "iterations": 9}`)
	d := r.Runs[0]
	if len(d.X) != 0 || len(d.Gradient) != 0 || len(d.F) != 10 || strings.Contains(r.Suite, "path") {
		t.Fatalf("%d iterates, %d gradients, %d values of f\n%s", len(d.X), len(d.Gradient), len(d.F), r.Suite)
	}
	for k := 1; k < len(d.F); k++ {
		if want := 0.05 * d.Norm[k-1]; math.Abs(d.Length[k]-want) > 1e-12*want {
			t.Errorf("step %d has the length %v; expected %v", k, d.Length[k], want)
		}
	}
}

// A setup may say what its picture shows, and hand over a list.
func TestWindowAndLists(t *testing.T) {
	r := run(t, `{"problem": {"name": "mlp", "settings": {"data": "two-moons", "widths": [[3, 2]]}}, "window": {"x": [0, 1]}, "methods": [{"name": "fixed-step", "settings": {"lr": 0.05}}], "iterations": 1}`)
	if w := r.Problem.Window; w == nil || w.X[1] != 1 || r.Problem.Dim != 2*3+3+3*2+2+2+1 {
		t.Errorf("window %v, %d variables", w, r.Problem.Dim)
	}
}
