package wrap

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Clip cuts a gradient that is longer than norm down to that length (Pascanu, Mikolov & Bengio
// 2013, arXiv:1211.5063): g ← min(1, norm/‖g‖)·g.
type Clip struct {
	Norm float64 `param:"norm" default:"1" range:"(0,)" doc:"largest norm of a gradient"`
}

// ClipValue cuts each entry of a gradient to the interval from −value to value.
type ClipValue struct {
	Value float64 `param:"value" default:"1" range:"(0,)" doc:"largest size of an entry of a gradient"`
}

var (
	_ Filterer = (*Clip)(nil)
	_ Filterer = (*ClipValue)(nil)
)

func init() {
	register("clip", methods.Info{
		Summary: "gradient clipping by norm",
		Formula: "g ← min(1, norm/‖g‖)·g",
		Source:  "Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks, ICML, PMLR 28, 1310–1318",
		DOI:     "10.48550/arXiv.1211.5063",
	}, func() Wrapper { return new(Clip) })
	register("clip-value", methods.Info{
		Summary: "gradient clipping entry by entry",
		Formula: "gᵢ ← max(−value, min(value, gᵢ))",
		Source:  "Mikolov 2012, Statistical language models based on neural networks, PhD thesis, Brno University of Technology, §3.2.2",
	}, func() Wrapper { return new(ClipValue) })
}

// Begin has nothing to do.
func (*Clip) Begin(*Run, []float64) error { return nil }

// Filter shortens g.
func (c *Clip) Filter(_, g []float64) {
	if norm := vec.Norm(g); norm > c.Norm {
		vec.Scale(c.Norm/norm, g)
	}
}

// Begin has nothing to do.
func (*ClipValue) Begin(*Run, []float64) error { return nil }

// Filter cuts the entries of g.
func (c *ClipValue) Filter(_, g []float64) {
	for i, v := range g {
		switch {
		case v > c.Value:
			g[i] = c.Value
		case v < -c.Value:
			g[i] = -c.Value
		}
	}
}
