package linalg

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
)

// Eigen is the decomposition A = QΛQᵀ of a symmetric n×n matrix: by Householder's
// reflections to a tridiagonal matrix, and from there by implicit QL steps with Wilkinson's
// shift (Golub & Van Loan 2013, Matrix Computations, §8.3; Bowdler, Martin, Reinsch &
// Wilkinson 1968, doi:10.1007/BF02165404).
type Eigen struct {
	n          int
	a          []float64 // n×n; the reflections' vectors right of the diagonal once reduced
	factors    []float64 // of the reflections
	diagonal   []float64 // eigenvalues in the end, ascending
	beside     []float64
	vectors    []float64 // n×n, an eigenvector a row
	withVector bool
	p          []float64 // scratch
	order      []int
}

// NewEigen makes room for n×n matrices. The zero value makes it at its first use.
func NewEigen(n int) *Eigen {
	e := new(Eigen)
	e.room(n, true)
	return e
}

// Factorize decomposes a; without vectors only Values may be called afterwards. It reports
// false where an entry is not finite or the iteration does not converge.
func (e *Eigen) Factorize(a *mat.SymDense, vectors bool) (ok bool) {
	n := a.SymmetricDim()
	e.room(n, vectors)
	raw := a.RawSymmetric()
	for i := range n {
		for j := i; j < n; j++ {
			v := raw.Data[i*raw.Stride+j]
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
			e.a[(n-1-i)*n+n-1-j], e.a[(n-1-j)*n+n-1-i] = v, v
		}
	}
	scale := vec.MaxAbs(e.a)
	if scale == 0 {
		scale = 1
	}
	_, exponent := math.Frexp(scale)
	vec.Scale(math.Ldexp(1, -exponent), e.a) // a power of two: exact, and no square overflows
	e.reduce()
	slices.Reverse(e.diagonal)
	slices.Reverse(e.beside[:max(n-1, 0)])
	if vectors {
		clear(e.vectors)
		for i := range n {
			e.vectors[i*n+i] = 1
		}
	}
	if !e.iterate() {
		return false
	}
	if vectors {
		e.turnBack()
	}
	e.sort()
	for i, v := range e.diagonal {
		e.diagonal[i] = math.Ldexp(v, exponent)
	}
	return true
}

func (e *Eigen) room(n int, vectors bool) {
	e.withVector = vectors
	if e.n != n {
		*e = Eigen{n: n, withVector: vectors, a: make([]float64, n*n), factors: make([]float64, n), diagonal: make([]float64, n),
			beside: make([]float64, n), p: make([]float64, n), order: make([]int, n)}
	}
	if vectors && e.vectors == nil {
		e.vectors = make([]float64, n*n)
	}
}

// reduce makes the matrix tridiagonal. The variables are numbered from the last to the first:
// where entries grow along the diagonal, as in Gram matrices of powers, reflections from the
// large end and QL steps from the small one keep the digits of the small eigenvalues. Step k reflects the variables after k so that row k
// is zero beyond k+1.
func (e *Eigen) reduce() {
	n, a := e.n, e.a
	for k := range n {
		e.diagonal[k] = a[k*n+k]
		e.beside[k], e.factors[k] = 0, 0
		if k+1 == n {
			break
		}
		v := a[k*n+k+1 : (k+1)*n]
		e.beside[k] = v[0]
		if vec.MaxAbs(v[1:]) == 0 {
			continue
		}
		norm := math.Copysign(vec.Norm(v), v[0])
		v[0] += norm
		factor := 2 / vec.Dot(v, v)
		e.beside[k], e.factors[k] = -norm, factor
		e.reflect(k, v, factor)
	}
}

// reflect replaces the rows and columns after k by HAH, H = I − factor·vvᵀ: it subtracts
// vwᵀ + wvᵀ, w = p − (factor/2·pᵀv)v, p = factor·Av.
func (e *Eigen) reflect(k int, v []float64, factor float64) {
	n := e.n
	w := e.p[:len(v)]
	for i := range w {
		w[i] = factor * vec.Dot(e.a[(k+1+i)*n+k+1:(k+2+i)*n], v)
	}
	vec.AddScaled(w, w, -factor/2*vec.Dot(w, v), v)
	for i := range v {
		row := e.a[(k+1+i)*n+k+1 : (k+2+i)*n]
		vi, wi := v[i], w[i]
		for j := range row {
			row[j] -= float64(vi*w[j]) + float64(wi*v[j])
		}
	}
}

// iterate diagonalizes the tridiagonal matrix, turning the rows of vectors with it.
func (e *Eigen) iterate() (ok bool) {
	const most = 60 // steps an eigenvalue; three suffice on average
	n, d, b := e.n, e.diagonal, e.beside
	for low := range n {
		for steps := 0; ; steps++ {
			high := low
			for high+1 < n && math.Abs(b[high]) > ε*(math.Abs(d[high])+math.Abs(d[high+1])) {
				high++
			}
			if high == low {
				break
			}
			if steps == most {
				return false
			}
			e.step(low, high)
		}
	}
	return true
}

// step is one implicit QL step on the block from low to high.
func (e *Eigen) step(low, high int) {
	d, b := e.diagonal, e.beside
	half := (d[low+1] - d[low]) / (2 * b[low])
	chase := d[high] - d[low] + b[low]/(half+math.Copysign(hypot(half, 1), half))
	sin, cos, carried := 1.0, 1.0, 0.0
	for i := high - 1; i >= low; i-- {
		f, g := float64(sin*b[i]), float64(cos*b[i])
		r := hypot(f, chase)
		b[i+1] = r
		if r == 0 { // the block falls apart here
			d[i+1] -= carried
			b[high] = 0
			return
		}
		sin, cos = f/r, chase/r
		left := d[i+1] - carried
		r = float64((d[i]-left)*sin) + float64(2*cos*g)
		carried = float64(sin * r)
		d[i+1] = left + carried
		chase = float64(cos*r) - g
		if e.withVector {
			e.rotate(i, sin, cos)
		}
	}
	d[low] -= carried
	b[low] = chase
	b[high] = 0
}

// rotate turns rows i and i+1 of vectors.
func (e *Eigen) rotate(i int, sin, cos float64) {
	n := e.n
	x, y := e.vectors[i*n:(i+1)*n], e.vectors[(i+1)*n:(i+2)*n]
	for k, u := range x {
		v := y[k]
		y[k] = float64(sin*u) + float64(cos*v)
		x[k] = float64(cos*u) - float64(sin*v)
	}
}

// turnBack takes the eigenvectors of the tridiagonal matrix to those of A. Its reflections
// number the variables from the last to the first.
func (e *Eigen) turnBack() {
	n := e.n
	for i := range n {
		row := e.vectors[i*n : (i+1)*n]
		slices.Reverse(row)
		for k := n - 2; k >= 0; k-- {
			if e.factors[k] != 0 {
				v, part := e.a[k*n+k+1:(k+1)*n], row[k+1:]
				vec.AddScaled(part, part, -e.factors[k]*vec.Dot(v, part), v)
			}
		}
		slices.Reverse(row)
	}
}

// sort orders the eigenvalues; equal ones stay in the order in which they were found.
func (e *Eigen) sort() {
	n := e.n
	for i := range e.order {
		e.order[i] = i
	}
	slices.SortStableFunc(e.order, func(i, j int) int {
		switch {
		case e.diagonal[i] < e.diagonal[j]:
			return -1
		case e.diagonal[i] > e.diagonal[j]:
			return 1
		}
		return 0
	})
	for i, from := range e.order {
		e.p[i] = e.diagonal[from]
		if e.withVector { // a is free now
			copy(e.a[i*n:(i+1)*n], e.vectors[from*n:(from+1)*n])
		}
	}
	copy(e.diagonal, e.p)
	if e.withVector {
		e.a, e.vectors = e.vectors, e.a
	}
}

// Values are the eigenvalues, ascending. They may be changed before Solve.
func (e *Eigen) Values() []float64 { return e.diagonal }

// Vector is the unit eigenvector of value j, n entries, valid until the next Factorize.
func (e *Eigen) Vector(j int) []float64 { return e.vectors[j*e.n : (j+1)*e.n] }

// Coordinates writes Qᵀb into c.
func (e *Eigen) Coordinates(c, b []float64) {
	for j := range c {
		c[j] = vec.Dot(e.Vector(j), b)
	}
}

// Combine writes Qc into x.
func (e *Eigen) Combine(x, c []float64) {
	clear(x)
	for j, v := range c {
		vec.AddScaled(x, x, v, e.Vector(j))
	}
}

// Solve overwrites b with QΛ⁻¹Qᵀb for the eigenvalues as they are now.
func (e *Eigen) Solve(b []float64) {
	e.Coordinates(e.p, b)
	for j, λ := range e.diagonal {
		e.p[j] /= λ
	}
	e.Combine(b, e.p)
}

// hypot is √(x² + y²) without overflow.
func hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	if x < y {
		x, y = y, x
	}
	if x == 0 {
		return 0
	}
	q := y / x
	return float64(x * math.Sqrt(1+float64(q*q)))
}

// Tridiagonal overwrites the diagonal, n entries, of a symmetric tridiagonal matrix with its
// eigenvalues, ascending; beside, n−1 entries, is used up. It reports false where the
// iteration does not converge. It takes O(n²) steps.
func Tridiagonal(diagonal, beside []float64) (ok bool) {
	e := Eigen{n: len(diagonal), diagonal: diagonal, beside: append(beside, 0)}
	if !e.iterate() {
		return false
	}
	slices.Sort(diagonal)
	return true
}
