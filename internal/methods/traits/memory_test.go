package traits

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/methods"
)

// hoarder keeps numbers in every way that there is.
type hoarder struct {
	Betas  []float64 `param:"betas"`
	Part   *hoarder  `param:"part"`
	whole  []float64
	half   []float64 // a part of whole
	own    []float64
	room   []float64
	x      []float64 // of the iterate
	rows   [][]float64
	matrix *mat.Dense
	any    any
	oracle *methods.Oracle
	self   *hoarder
	order  []int32
	spared bool
}

func (*hoarder) Init(*methods.Oracle, *methods.Iterate) error { return nil }
func (*hoarder) Step(*methods.Iterate) error                  { return nil }
func (h *hoarder) Inexact() string {
	if h.spared {
		return "another program's"
	}
	return ""
}

// Every number is counted once: not the settings, and not what belongs to others.
func TestMemory(t *testing.T) {
	whole := make([]float64, 10)
	at := &methods.Iterate{Point: methods.Point{X: make([]float64, 3), Grad: make([]float64, 3)}}
	h := &hoarder{
		Betas: make([]float64, 2), Part: &hoarder{own: make([]float64, 1000)}, whole: whole[:6], half: whole[4:8], x: at.X,
		own: make([]float64, 7, 9), room: make([]float64, 0, 13), rows: [][]float64{make([]float64, 20), at.Grad, make([]float64, 30)},
		matrix: mat.NewDense(10, 10, nil), any: &struct{ v []float64 }{make([]float64, 500)},
		oracle: &methods.Oracle{}, order: make([]int32, 77),
	}
	h.self = h
	if got, known := Memory(h, at); got != 8+7+13+20+30+100+500+1000 || !known {
		t.Errorf("%d numbers, known: %t; expected %d", got, known, 1678)
	}
	h.spared = true
	if _, known := Memory(h, at); known {
		t.Error("what another program keeps is known")
	}
}
