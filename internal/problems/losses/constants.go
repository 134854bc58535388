package losses

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// maxDense is the number of columns up to which eigenvalues are computed; beyond, norms
// bound the largest one.
const maxDense = 1000

// factsOf states what is known of a loss of a linear model, before its minimum. With
// curvatures between least and greatest, the Hessian lies between least·XᵀX/m + l2·D and
// greatest·XᵀX/m + l2·D, where D is the identity without the entry of a free intercept;
// for least squares both are attained. The regularizer of a single output is enough.
func factsOf(m *model, n int, r regularizer, least, greatest float64) *problems.Facts {
	facts := &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: map[string]problems.Constant{},
		Starts:    []problems.Start{{Name: "standard", X: make([]float64, n), Source: "the origin"}},
		Notes:     m.notes,
	}
	switch {
	case least >= 0:
		facts.Convexity = problems.Convex
	case math.IsInf(least, 0):
		return facts
	}
	known := func(name string, value float64, source string) {
		if !math.IsInf(value, 0) && !math.IsNaN(value) {
			facts.Constants[name] = problems.Constant{Value: value, Scope: problems.Global, Source: source}
		}
	}
	longest := longestRow(m.train.x)
	known(problems.LargestL, float64(greatest*longest)+r.weight, "largest ‖xᵢ‖²")
	// A mean may be convex though its samples are not.
	if every := r.everywhere(m) + math.Min(0, float64(least*longest)); every >= 0 {
		source := "the regularizer"
		if every == 0 {
			source = "every sample is convex"
		}
		known(problems.SampleMu, every, source)
	}
	if columns(m.train.x) > maxDense {
		known(problems.SmoothnessL, float64(greatest*gramBound(m.train.x))+r.weight, "bound ‖X‖₁‖X‖∞/m")
		if every := r.everywhere(m); least >= 0 && every > 0 {
			facts.Convexity = problems.StronglyConvex
			known(problems.ConvexityMu, every, "the regularizer")
		}
		return facts
	}
	source := "eigenvalues of XᵀX/m, with bounds of the curvature"
	if least == greatest {
		source = "eigenvalues of XᵀX/m"
	}
	gram := meanGram(m.train)
	lowest, highest := r.span(gram, least, greatest)
	known(problems.SmoothnessL, highest, source)
	uncertain := rounding(gram, m.train.count(), math.Max(math.Abs(least), greatest))
	if math.IsInf(highest, 0) {
		uncertain = 0 // the lowest is the regularizer's
	}
	mu, certain := linalg.Certain(lowest, uncertain)
	if every := r.everywhere(m); least >= 0 && every > mu {
		mu, certain, source = every, true, "the regularizer"
	}
	switch {
	case certain:
		facts.Convexity = problems.StronglyConvex
		known(problems.ConvexityMu, mu, source)
	case lowest < -uncertain:
		known(problems.SmallestCurve, lowest, source)
	case least == greatest && r.weight == 0:
		if pl, ok := leastPositive(m.train.x, r.eigenvalues(gram, least), uncertain); ok {
			known(problems.PLConstant, pl, source)
		}
	}
	return facts
}

// everywhere is the curvature that the regularizer alone gives in every direction.
func (r regularizer) everywhere(m *model) float64 {
	if r.penalized == columns(m.train.x) {
		return r.weight
	}
	return 0
}

// rounding bounds the error of an eigenvalue of c·G, G = XᵀX/m: that of sums of m products
// (Higham 2002, Accuracy and Stability of Numerical Algorithms, §3.1,
// doi:10.1137/1.9780898718027) and that of the decomposition.
func rounding(gram *mat.SymDense, m int, c float64) float64 {
	n := gram.SymmetricDim()
	trace := 0.0
	for i := range n {
		trace += gram.At(i, i)
	}
	return c * trace * (float64(float64(m+2)*0x1p-53) + float64(float64(4*n)*0x1p-52))
}

// steep is a φ whose slope ∂φ/∂z is bounded, bent one whose third derivative is.
type (
	steep interface{ slope() float64 }
	bent  interface{ bend() float64 }
)

// derivatives states the constants that follow from bounds of other derivatives of φ: with
// |φ′| ≤ s, ‖∇f‖ ≤ s·mean‖xᵢ‖ without a regularizer, and with |φ‴| ≤ b the Hessian changes by
// at most b·mean‖xᵢ‖³ times the distance.
func (l *linear) derivatives() {
	power := func(p float64) float64 {
		sum := 0.0
		m, _ := l.train.x.Dims()
		for i := range m {
			_, values := l.train.x.Row(i)
			sum += elementary.Pow(vec.Norm(values), p)
		}
		return sum / float64(m)
	}
	known := func(name string, value float64, source string) {
		if !math.IsInf(value, 0) && !math.IsNaN(value) {
			l.facts.Constants[name] = problems.Constant{Value: value, Scope: problems.Global, Source: source}
		}
	}
	if s, ok := l.phi.(steep); ok && l.weight == 0 {
		known(problems.Lipschitz, s.slope()*power(1), "mean ‖xᵢ‖")
	}
	if b, ok := l.phi.(bent); ok {
		known(problems.HessianM, b.bend()*power(3), "mean ‖xᵢ‖³")
	}
}

// solve states the minimum of a convex loss, or why there is none to state.
func solve(p problems.Problem, facts *problems.Facts) {
	minimum, err := reference.Solve(p)
	var unsolved *reference.Unsolved
	if errors.As(err, &unsolved) {
		facts.Notes = append(facts.Notes, fmt.Sprintf("f* is unknown: %s", unsolved.Reason))
	}
	facts.Minimum = minimum
}

// span is the least eigenvalue of least·G + l2·D and the greatest of greatest·G + l2·D.
func (r regularizer) span(gram *mat.SymDense, least, greatest float64) (lowest, highest float64) {
	highest = math.Inf(1)
	if !math.IsInf(greatest, 0) {
		lowest, highest = r.extremes(gram, greatest)
	}
	switch {
	case least == greatest:
	case least != 0:
		lowest, _ = r.extremes(gram, least)
	case r.penalized == gram.SymmetricDim():
		lowest = r.weight
	default:
		lowest = 0
	}
	return lowest, highest
}

// extremes are the least and the greatest eigenvalue of c·G + l2·D.
func (r regularizer) extremes(gram *mat.SymDense, c float64) (least, greatest float64) {
	values := r.eigenvalues(gram, c)
	return values[0], values[len(values)-1]
}

// eigenvalues of c·G + l2·D, rising.
func (r regularizer) eigenvalues(gram *mat.SymDense, c float64) []float64 {
	var a mat.SymDense
	a.ScaleSym(c, gram)
	r.addIdentity(&a)
	var eigen linalg.Eigen
	if !eigen.Factorize(&a, false) {
		return []float64{math.Inf(-1), math.Inf(1)} // entries that are not finite
	}
	return eigen.Values()
}

// leastPositive is the least eigenvalue of c·XᵀX/m that is not zero: the constant of Polyak
// and Łojasiewicz of a quadratic without strong convexity. Which eigenvalues are zero, and
// not merely below their rounding, is decided by the exact rank of X; where that disagrees,
// or is too dear, the constant is unknown.
func leastPositive(x data.Matrix, values []float64, uncertain float64) (float64, bool) {
	const most = 3e8 // operations, about a second
	m, n := x.Dims()
	zeros := slices.IndexFunc(values, func(v float64) bool { return v > 2*uncertain })
	if zeros < 0 || float64(m)*float64(n)*float64(n-zeros) > most {
		return 0, false
	}
	var rank linalg.Rank
	dense := make([]float64, n)
	for i := range m {
		clear(dense)
		columns, row := x.Row(i)
		for k, v := range row {
			dense[place(columns, k)] = v
		}
		if r, ok := rank.Add(dense); !ok || r > n-zeros {
			return 0, false
		} else if i == m-1 && r != n-zeros {
			return 0, false
		}
	}
	return linalg.Certain(values[zeros], uncertain)
}

// meanGram is XᵀX/m.
func meanGram(s samples) *mat.SymDense {
	gram := mat.NewSymDense(columns(s.x), nil)
	share := 1 / float64(s.count())
	for i := range s.y {
		addOuter(gram, share, s.x, i)
	}
	return gram
}

// addOuter adds c·xxᵀ to the upper triangle of h, for row i of the matrix.
func addOuter(h *mat.SymDense, c float64, x data.Matrix, i int) {
	raw := h.RawSymmetric()
	columns, values := x.Row(i)
	for a, v := range values {
		if v == 0 {
			continue
		}
		cv := float64(c * v)
		row := raw.Data[place(columns, a)*raw.Stride:]
		if columns == nil {
			simd.AddOne(row[a:len(values)], cv, values[a:])
			continue
		}
		for b := a; b < len(values); b++ {
			row[columns[b]] += float64(cv * values[b])
		}
	}
}

// place is the column of entry k of a row.
func place(columns []int32, k int) int {
	if columns == nil {
		return k
	}
	return int(columns[k])
}

func columns(x data.Matrix) int {
	_, d := x.Dims()
	return d
}

// longestRow is max ‖xᵢ‖².
func longestRow(x data.Matrix) float64 {
	var longest float64
	m, _ := x.Dims()
	for i := range m {
		_, values := x.Row(i)
		longest = max(longest, vec.Dot(values, values))
	}
	return longest
}

// gramBound is ‖X‖₁‖X‖∞/m, an upper bound of the largest eigenvalue of XᵀX/m.
func gramBound(x data.Matrix) float64 {
	m, d := x.Dims()
	columnSums, largestRow := make([]float64, d), 0.0
	for i := range m {
		columns, values := x.Row(i)
		var rowSum float64
		for k, v := range values {
			columnSums[place(columns, k)] += math.Abs(v)
			rowSum += math.Abs(v)
		}
		largestRow = max(largestRow, rowSum)
	}
	return vec.MaxAbs(columnSums) * largestRow / float64(m)
}
