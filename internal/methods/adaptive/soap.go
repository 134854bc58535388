//go:build !playground

package adaptive

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// SOAP is Adam in the eigenbasis of Shampoo's matrices, for each matrix of the variables (Vyas,
// Morwani, Zhao, Kwun, Shapira, Brandfonbrener, Janson & Kakade 2025, algorithm 3,
// doi:10.48550/arXiv.2409.11321):
//
//	G' = QₗᵀGQᵣ,  M ← β₁M + (1 − β₁)G',  V ← β₂V + (1 − β₂)G'²,
//	W ← (1 − lr·λ)(W − lr·√(1 − β₂ᵏ)/(1 − β₁ᵏ)·Qₗ(M/(√V + ε))Qᵣᵀ),
//	L ← βL + (1 − β)GGᵀ,  R ← βR + (1 − β)GᵀG,
//
// and every so many steps Qₗ and Qᵣ become the orthogonal factors of LQₗ and RQᵣ, a step of the
// power method with columns in the order of the eigenvalues that they promise; M goes along. The
// first gradient moves no matrix: it only makes L and R, whose eigenvectors Q are at first.
// Defaults, and this order, are those of the authors' code. The other variables are the
// companion's.
type SOAP struct {
	LR    length    `param:"lr" default:"0.003" range:"(0,)" space:"{loguniform: [1e-4, 10]}" doc:"learning rate"`
	Betas []float64 `param:"betas" default:"[0.95, 0.95]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-3, 0.2]}]" doc:"β₁, β₂: decay rates of the running means of gradient and squared gradient in the eigenbasis"`
	Beta  float64   `param:"shampoo_beta" default:"-1" range:"[-1,1)" doc:"β, decay rate of L and R; β₂ where it is negative"`
	Eps   float64   `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the denominator"`
	Decay float64   `param:"weight_decay" default:"0.01" range:"[0,)" doc:"λ of the decoupled weight decay of matrices"`
	Every int       `param:"precondition_frequency" default:"10" range:"[1,)" doc:"steps from one eigenbasis to the next"`
	Companion
	methods.FirstOrder

	moments Moments
	beta    float64     // of L and R
	k       int         // updates
	sides   []kronecker // what they make are the eigenvectors, in rows
	room    workspace
	qr      map[int]*linalg.QR // by size
	order   []int
	promise []float64 // eigenvalues
}

var _ methods.Method = (*SOAP)(nil)

func init() {
	methods.Register("soap", methods.Info{
		Summary: "Adam in the eigenbasis of Shampoo's preconditioner",
		Formula: "G' = QₗᵀGQᵣ, M ← β₁M + (1−β₁)G', V ← β₂V + (1−β₂)G'², W ← (1−lr·λ)(W − lr·√(1−β₂ᵏ)/(1−β₁ᵏ)·Qₗ(M/(√V + ε))Qᵣᵀ), Q the eigenvectors of means of GGᵀ and GᵀG",
		Source:  "Vyas, Morwani, Zhao, Kwun, Shapira, Brandfonbrener, Janson & Kakade 2025, SOAP: improving and stabilizing Shampoo using Adam, ICLR, algorithm 3",
		DOI:     "10.48550/arXiv.2409.11321",
		Family:  "spectral",
	}, func() methods.Method { return new(SOAP) })
}

// Validate asks for two betas, and for a companion that suits.
func (s *SOAP) Validate() error {
	if err := pair("betas", s.Betas); err != nil {
		return err
	}
	return s.Companion.Validate()
}

// Init needs variables that form matrices.
func (s *SOAP) Init(o *oracle, at *iterate) error {
	if err := s.split(o, at); err != nil {
		return err
	}
	s.k, s.sides = 0, s.room.reserve(s.matrices)
	if s.beta = s.Beta; s.beta < 0 {
		s.beta = s.Betas[1]
	}
	s.moments = Moments{Betas: s.Betas}
	s.moments.reset(s.entries())
	s.qr = map[int]*linalg.QR{}
	largest := 0
	for n := range s.room.eigen {
		s.qr[n] = linalg.NewQR(n, n)
		largest = max(largest, n)
	}
	s.order, s.promise = make([]int, largest), make([]float64, largest)
	return s.Begin(o, at)
}

// Step makes one update.
func (s *SOAP) Step(at *iterate) error { return s.Advance(at, s) }

// Update is the rule.
func (s *SOAP) Update(x, g []float64) float64 {
	s.accompany(x, g)
	lr := s.LR.Value
	if s.k > 0 {
		c1, c2 := s.moments.next()
		lr = float64(lr*math.Sqrt(c2)) / c1
	}
	at := 0
	for i, b := range s.matrices {
		k, grad := &s.sides[i], b.Of(g)
		if s.k > 0 {
			s.move(b.Of(x), k, at, grad, lr)
		}
		s.room.absorb(k, grad, s.beta, 1-s.beta)
		switch {
		case s.k == 0:
			s.room.decompose(&k.left)
			s.room.decompose(&k.right)
		case s.k%s.Every == 0:
			s.turn(k, at)
		}
		at += len(grad)
	}
	s.k++
	return math.NaN()
}

// move is the step of one matrix, whose moments begin at some index.
func (s *SOAP) move(w []float64, k *kronecker, at int, g []float64, lr float64) {
	way := s.room.copied(g)
	s.room.between(k, way, false)
	for j, v := range way {
		m, v := s.moments.absorb(at+j, v)
		way[j] = scaled(m, math.Sqrt(v)+s.Eps)
	}
	s.room.between(k, way, true)
	shrink := 1 - float64(s.LR.Value*s.Decay)
	for j, v := range way {
		w[j] = float64((w[j] - float64(lr*v)) * shrink)
	}
}

// turn takes one matrix to the next eigenbasis.
func (s *SOAP) turn(k *kronecker, at int) {
	size := k.rows * k.columns
	m, v := s.moments.m[at:at+size], s.moments.v[at:at+size]
	s.room.between(k, m, true)
	old := s.iterate(&k.left, v)
	for i, from := range s.order[:k.rows] {
		copy(v[i*k.columns:(i+1)*k.columns], old[from*k.columns:])
	}
	old = s.iterate(&k.right, v)
	for j, from := range s.order[:k.columns] {
		for i := range k.rows {
			v[i*k.columns+j] = old[i*k.columns+from]
		}
	}
	s.room.between(k, m, false)
}

// iterate replaces the eigenvectors of one side by the orthogonal factor of a step of the power
// method, leaves their new order in s.order, and returns a copy of v.
func (s *SOAP) iterate(side *square, v []float64) []float64 {
	n, order := side.n, s.order[:side.n]
	rows := s.room.product[:n*n]
	s.room.panels.Pack(side.values(), n, 1, n, n)
	s.room.panels.Times(rows, n, side.made, n, 1, n, false)
	for j := range order {
		order[j], s.promise[j] = j, vec.Dot(rows[j*n:(j+1)*n], side.made[j*n:(j+1)*n])
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(s.promise[j], s.promise[i]) })
	qr := s.qr[n]
	for j, from := range order {
		copy(qr.Column(j), rows[from*n:(from+1)*n])
	}
	qr.Factorize()
	clear(side.made)
	for j := range n {
		row := side.made[j*n : (j+1)*n]
		row[j] = 1
		qr.Product(row)
	}
	return s.room.copied(v)
}

// decompose makes the eigenvectors of the statistics, in rows, that of the largest eigenvalue
// first; NaN where they have none, so that a broken gradient is seen.
func (w *workspace) decompose(s *square) {
	eigen, n := w.eigen[s.n], s.n
	if !eigen.Factorize(s.stats, true) {
		broken(s.made)
		return
	}
	for j := range n {
		copy(s.made[j*n:(j+1)*n], eigen.Vector(n-1-j))
	}
}

// Carry moves the points that the companion keeps; what is known of gradients stays.
func (s *SOAP) Carry(shift []float64) { s.carry(shift) }

// Units are those of the learning rate but for ε and those of the companion.
func (s *SOAP) Units() methods.Units { return absolute }
