package direction_test

import (
	"fmt"
	"math"
	"testing"

	_ "github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"gonum.org/v1/gonum/optimize"
)

// parabola is the exact line search for gonum: on a quadratic two slopes give the
// minimizer.
type parabola struct{ first, step, slope float64 }

func (p *parabola) Init(_, slope, step float64) optimize.Operation {
	p.first, p.step, p.slope = step, step, slope
	return optimize.FuncEvaluation | optimize.GradEvaluation
}

func (p *parabola) Iterate(_, slope float64) (optimize.Operation, float64, error) {
	if p.step != p.first {
		return optimize.MajorIteration, p.step, nil
	}
	p.step = p.first * p.slope / (p.slope - slope)
	return optimize.FuncEvaluation | optimize.GradEvaluation, p.step, nil
}

// path records the major iterations of gonum.
type path struct{ x [][]float64 }

func (*path) Init() error { return nil }

func (p *path) Record(l *optimize.Location, op optimize.Operation, _ *optimize.Stats) error {
	if op == optimize.MajorIteration {
		p.x = append(p.x, append([]float64(nil), l.X...))
	}
	return nil
}

// gonumPath is where gonum's method goes on the Pascal quadratic in n iterations.
func gonumPath(t *testing.T, m optimize.Method, n int) [][]float64 {
	t.Helper()
	p := pascal.Quadratic{}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return p.Evaluate(x, nil) },
		Grad: func(grad, x []float64) { p.Evaluate(x, grad) },
	}
	seen := new(path)
	_, err := optimize.Minimize(problem, pascal.Start(), &optimize.Settings{
		MajorIterations: n + 2, GradientThreshold: 1e-300, Converger: optimize.NeverTerminate{}, Recorder: seen,
	}, m)
	if err != nil {
		t.Fatal(err)
	}
	if len(seen.x) < n+1 {
		t.Fatalf("gonum recorded %d points, want %d", len(seen.x), n+1)
	}
	return seen.x[:n+1]
}

// On a quadratic with exact line searches, the iterates of every conjugate gradient
// formula and of Broyden's family are those of linear conjugate gradients: ours are
// gonum's, whatever formula gonum is given.
func TestConjugateDirectionsAgainstGonum(t *testing.T) {
	ours := []string{"bfgs", "{name: bfgs, scale: false}", "dfp", "{name: dfp, scale: false}", "sr1", "lbfgs", "{name: lbfgs, memory: 4}"}
	for _, β := range []string{"fr", "pr+", "hs", "dy", "hz"} {
		ours = append(ours, fmt.Sprintf("{name: conjugate-gradient, beta: %s}", β))
	}
	const n = 4 // the fifth step ends at the minimizer, where nothing is left to compare
	for name, gonum := range map[string]optimize.Method{
		"bfgs":  &optimize.BFGS{Linesearcher: &parabola{}},
		"lbfgs": &optimize.LBFGS{Linesearcher: &parabola{}, Store: n},
		"cg":    &optimize.CG{Linesearcher: &parabola{}, Variant: &optimize.PolakRibierePolyak{}},
	} {
		want := gonumPath(t, gonum, n)
		for _, text := range ours {
			t.Run(name+"/"+text, func(t *testing.T) {
				r := methodtest.Begin(t, fmt.Sprintf("{name: descent, direction: %s, step: exact}", text), pascal.Quadratic{}, pascal.Start())
				diff := make([]float64, 5)
				for k := range n {
					r.Next(t)
					vec.AddScaled(diff, r.At.X, -1, want[k+1])
					if far := vec.MaxAbs(diff); far > 1e-8 {
						t.Fatalf("step %d: x = %v, gonum's is %v", k+1, r.At.X, want[k+1])
					}
				}
				g0 := make([]float64, 5)
				pascal.Quadratic{}.Evaluate(want[0], g0)
				r.Next(t)
				g := make([]float64, 5)
				pascal.Quadratic{}.Evaluate(r.At.X, g)
				if vec.Norm(g) > 1e-5*vec.Norm(g0) { // rounding, times κ = 8500
					t.Errorf("‖∇f‖ = %g after as many steps as variables", vec.Norm(g))
				}
			})
		}
	}
}

// Successive directions are conjugate: ΔxᵢᵀAΔxⱼ = 0.
func TestDirectionsAreConjugate(t *testing.T) {
	p := methodtest.Diagonal(1, 2, 5, 9, 20)
	for _, β := range []string{"fr", "pr+", "hs", "dy", "hz"} {
		r := methodtest.Begin(t, fmt.Sprintf("{name: descent, direction: {name: conjugate-gradient, beta: %s}, step: exact}", β), p, []float64{1, 1, 1, 1, 1})
		var steps, images [][]float64
		for range 5 {
			s := append([]float64(nil), r.At.X...)
			r.Next(t)
			vec.AddScaled(s, r.At.X, -1, s)
			as := make([]float64, 5)
			p.HessianProduct(nil, s, as)
			for j := range steps {
				cosine := vec.Dot(steps[j], as) / math.Sqrt(vec.Dot(steps[j], images[j])*vec.Dot(s, as))
				if math.Abs(cosine) > 1e-10 {
					t.Errorf("%s: steps %d and %d have the A-cosine %g", β, j, len(steps), cosine)
				}
			}
			steps, images = append(steps, s), append(images, as)
		}
	}
}

// The formulas differ away from exact line searches on quadratics. Two points with chosen
// gradients distinguish them: g₋₁ = (2, 0), Δx₋₁ = −g₋₁, g = (1, 3), so y = (−1, 3),
// dᵀy = 2, gᵀy = 8, gᵀg = 10, g₋₁ᵀg₋₁ = 4, yᵀy = 10, gᵀd = −2.
func TestConjugateGradientFormulas(t *testing.T) {
	for β, want := range map[string]float64{
		"fr": 10. / 4, "pr+": 8. / 4, "hs": 8. / 2, "dy": 10. / 2,
		"hz": (8 - 2*10*(-2.)/2) / 2,
	} {
		d := second(t, "{name: conjugate-gradient, beta: "+β+"}", []float64{2, 0}, []float64{1, 3})
		wantVector(t, d, []float64{-1 - 2*want, -3}, 1e-14)
	}
	// gᵀy < 0: pr+ begins again, hs does not.
	wantVector(t, second(t, "conjugate-gradient", []float64{2, 0}, []float64{1, 0.5}), []float64{-1, -0.5}, 1e-14)
	wantVector(t, second(t, "{name: conjugate-gradient, beta: hs}", []float64{2, 0}, []float64{1, 0.5}),
		[]float64{-1 + 2*0.75/2, -0.5}, 1e-14)
	// hz never falls below −1/(‖d‖·min(0.01, ‖g₋₁‖)) = −50, where the formula gives −297.
	wantVector(t, second(t, "{name: conjugate-gradient, beta: hz}", []float64{2, 0}, []float64{-10, 100}), []float64{110, -100}, 1e-14)
	// Where Δx would climb, it begins again.
	wantVector(t, second(t, "{name: conjugate-gradient, beta: fr}", []float64{2, 0}, []float64{-3, 1}), []float64{3, -1}, 1e-14)
}

func TestConjugateGradientRestarts(t *testing.T) {
	// |gᵀg₋₁| = 2 = 0.2·gᵀg: Powell's test restarts, and does not where it is 1.9.
	wantVector(t, second(t, "{name: conjugate-gradient, beta: fr, restart: powell}", []float64{2, 0}, []float64{1, 3}), []float64{-1, -3}, 1e-14)
	wantVector(t, second(t, "{name: conjugate-gradient, beta: fr, restart: powell}", []float64{1.9, 0}, []float64{1, 3}), []float64{-1 - 10/1.9, -3}, 1e-14)
	wantVector(t, second(t, "{name: conjugate-gradient, beta: fr, restart: period, period: 1}", []float64{2, 0}, []float64{1, 3}), []float64{-1, -3}, 1e-14)
	wantVector(t, second(t, "{name: conjugate-gradient, beta: fr, restart: period}", []float64{2, 0}, []float64{1, 3}), []float64{-6, -3}, 1e-14)
}

// second is the direction at the second of two points with these gradients.
func second(t *testing.T, text string, before, g []float64) []float64 {
	t.Helper()
	p := symmetric(2, 1, 0, 0, 1)
	direction := methodtest.Direction(t, text, p)
	if err := direction.Init(methodtest.Exact(t, p)); err != nil {
		t.Fatal(err)
	}
	d := make([]float64, 2)
	for _, it := range []*methods.Iterate{at(before...), at(g...)} {
		if err := direction.Direction(it, d); err != nil {
			t.Fatal(err)
		}
	}
	return d
}
