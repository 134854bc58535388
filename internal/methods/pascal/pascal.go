// Package pascal holds the quadratic of Pascal's matrix in five variables and the
// trajectories that other implementations take on it, for the tests of this room.
package pascal

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"regexp"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// The first file has the problem and most trajectories; recent.py computes the second, whose methods
// are named by their texts in a suite.
//
//go:embed trajectories.json recent.json
var files embed.FS

var reference contents

// contents are those of a file.
type contents struct {
	Problems struct {
		Pascal5 struct {
			A      [][]float64
			B, X0  []float64
			XStar  []float64 `json:"x_star"`
			Params map[string]float64
		}
	}
	Runs []Trajectory
}

// Trajectory is the path of one method, x0 first.
type Trajectory struct {
	Problem, Method string
	X               [][]float64
	GradientNorm    []float64 `json:"gnorm2"`
	F               []float64
	Extra           json.RawMessage // gd_exact: step lengths; gd_armijo: [step length, trials]
}

func init() {
	reference = read("trajectories.json")
	reference.Runs = append(reference.Runs, read("recent.json").Runs...)
}

func read(name string) (c contents) {
	text, err := files.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		panic(fmt.Sprintf("pascal: %s: %v", name, err))
	}
	return c
}

// Of is the reference path of a method, under the name that the file gives it.
func Of(method string) (Trajectory, error) {
	for _, r := range reference.Runs {
		if r.Problem == "pascal5" && r.Method == method {
			return r, nil
		}
	}
	return Trajectory{}, fmt.Errorf("no reference trajectory of %q", method)
}

// Recent are the names of the reference paths of a component among those of recent.py: its texts
// in a suite.
func Recent(component string) []string {
	var out []string
	named := regexp.MustCompile(`(^|name: )` + regexp.QuoteMeta(component) + `($|[,}])`)
	for _, r := range reference.Runs {
		if named.MatchString(r.Method) {
			out = append(out, r.Method)
		}
	}
	return out
}

// Parameter is a learning rate of the reference runs: gd, hb or nag.
func Parameter(name string) float64 { return reference.Problems.Pascal5.Params[name] }

// Start is where every reference run begins.
func Start() []float64 { return append([]float64(nil), reference.Problems.Pascal5.X0...) }

// Quadratic is f(x) = ½xᵀAx − bᵀx with Pascal's matrix A and b of ones; x* = e₁, f* = −½.
type Quadratic struct{}

var (
	_ problems.Hessian   = Quadratic{}
	_ problems.Quadratic = Quadratic{}
	_ problems.Describer = Quadratic{}
)

func (Quadratic) Dim() int { return 5 }

func (Quadratic) Quadratic() bool { return true }

func (q Quadratic) Evaluate(x, grad []float64) float64 {
	var ax [5]float64
	q.HessianProduct(x, x, ax[:])
	b := reference.Problems.Pascal5.B
	f := vec.Dot(x, ax[:])/2 - vec.Dot(b, x)
	if grad != nil {
		vec.AddScaled(grad, ax[:], -1, b)
	}
	return f
}

func (Quadratic) Hessian(_ []float64, h *mat.SymDense) {
	for i, row := range reference.Problems.Pascal5.A {
		for j := i; j < len(row); j++ {
			h.SetSym(i, j, row[j])
		}
	}
}

func (Quadratic) HessianProduct(_, v, hv []float64) {
	for i, row := range reference.Problems.Pascal5.A {
		hv[i] = vec.Dot(row, v)
	}
}

// Facts states L = λmax(A) and μ = λmin(A) as the reference does.
func (Quadratic) Facts() *problems.Facts {
	p := reference.Problems.Pascal5
	return &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: map[string]problems.Constant{
			problems.SmoothnessL: {Value: 92.29043483015315, Scope: problems.Global, Source: "eigenvalues"},
			problems.ConvexityMu: {Value: 0.0108353590687971, Scope: problems.Global, Source: "eigenvalues"},
		},
		Minimum: &problems.Minimum{Value: -0.5, Source: problems.Analytic, Points: [][]float64{p.XStar}},
		Starts:  []problems.Start{{Name: "standard", X: p.X0}},
	}
}

// Distance is the largest deviation of x from the k-th point of the trajectory, relative
// to that point's largest entry.
func (t Trajectory) Distance(k int, x []float64) float64 {
	diff := make([]float64, len(x))
	vec.AddScaled(diff, x, -1, t.X[k])
	return vec.MaxAbs(diff) / math.Max(1, vec.MaxAbs(t.X[k]))
}
