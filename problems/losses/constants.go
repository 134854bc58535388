package losses

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// maxDense is the number of weights up to which eigenvalues are computed.
const maxDense = 1000

// state computes what is known of the loss: the constants from the eigenvalues of XᵀX/m,
// the minimum by the reference solver where the loss is convex.
//
// With a ≤ φ″ ≤ b the Hessian lies between a·XᵀX/m + l2·D and b·XᵀX/m + l2·D, where D is
// the identity without the entry of a free intercept; for least squares a = b = 1 and
// both are attained.
func (l *linear) state() {
	least, greatest := l.phi.curvatures()
	l.facts = &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: map[string]problems.Constant{},
		Starts:    []problems.Start{{Name: "standard", X: make([]float64, l.Dim()), Source: "the origin"}},
		Notes:     l.notes,
	}
	if least >= 0 {
		l.facts.Convexity = problems.Convex
	}
	if l.Dim() <= maxDense {
		l.stateConstants(least, greatest)
	}
	if l.facts.Convexity == problems.Nonconvex {
		return
	}
	solve(l, l.facts)
}

// solve states the minimum of a convex loss, or why there is none to state.
func solve(p problems.Problem, facts *problems.Facts) {
	minimum, err := problems.Solve(p)
	var unsolved *problems.Unsolved
	if errors.As(err, &unsolved) {
		facts.Notes = append(facts.Notes, fmt.Sprintf("f* is unknown: %s", unsolved.Reason))
	}
	facts.Minimum = minimum
}

func (l *linear) stateConstants(least, greatest float64) {
	const exact, bound = "eigenvalues of XᵀX/m", "bound on φ″ and eigenvalues of XᵀX/m"
	source := bound
	if least == greatest {
		source = exact
	}
	m := float64(l.train.count())
	gram := mat.NewSymDense(l.Dim(), nil)
	l.gram(gram, func(int, int32) float64 { return 1 / m }, make([]float64, l.Dim()))
	known := func(name string, value float64, source string) {
		l.facts.Constants[name] = problems.Constant{Value: value, Scope: problems.Global, Source: source}
	}
	_, largest := l.extremes(gram, greatest)
	lowest, _ := l.extremes(gram, least)
	tiny := 1e-13 * largest // what rounding makes of a zero eigenvalue
	known(problems.SmoothnessL, largest, source)
	known(problems.LargestL, float64(greatest*longestRow(l.train))+l.l2, "largest ‖xᵢ‖²")
	switch {
	case lowest > tiny:
		l.facts.Convexity = problems.StronglyConvex
		known(problems.ConvexityMu, lowest, source)
	case lowest < -tiny:
		known(problems.SmallestCurve, lowest, source)
	}
}

// extremes are the least and the greatest eigenvalue of c·G + l2·D.
func (l *linear) extremes(gram *mat.SymDense, c float64) (least, greatest float64) {
	var a mat.SymDense
	a.ScaleSym(c, gram)
	for j := range l.penalized {
		a.SetSym(j, j, a.At(j, j)+l.l2)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(&a, false) {
		panic("losses: the eigenvalues of a finite symmetric matrix did not converge")
	}
	values := eigen.Values(nil)
	return values[0], values[len(values)-1]
}

// longestRow is max ‖xᵢ‖².
func longestRow(s samples) float64 {
	var longest float64
	for i := range s.y {
		_, values := s.x.Row(i)
		longest = max(longest, vec.Dot(values, values))
	}
	return longest
}
