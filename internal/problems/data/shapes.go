package data

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// Shape are the parameters of the two planar sets whose classes no line divides. The
// first half of the samples is class 0, the second class 1.
type Shape struct {
	Samples int     `param:"samples" default:"200" range:"[4,10000000]" doc:"number m of samples, half of them in each class"`
	Noise   float64 `param:"noise" default:"0" range:"[0,)" doc:"standard deviation of each coordinate's noise"`
	Flip    float64 `param:"flip" default:"0" range:"[0,0.5]" doc:"label noise: fraction of labels that are flipped"`
	Draw    int     `param:"draw" default:"1" range:"[1,1000000]" doc:"index of the random draw"`
}

// Moons are two interleaved half circles: (cos t, sin t) and (1 − cos t, ½ − sin t) for t
// in [0, π].
type Moons struct{ Shape }

// Spirals are two arms that wind around each other: ±(t/8)·(cos t, sin t) for t from ½ on.
type Spirals struct {
	Shape
	Turns float64 `param:"turns" default:"1.25" range:"(0,20]" doc:"number of turns of each arm"`
}

func init() {
	Register("two-moons", problems.Info{Summary: "two interleaved half circles in the plane"},
		func() Set { return new(Moons) })
	Register("spirals", problems.Info{
		Summary: "two arms of a spiral in the plane",
		Source:  "K. J. Lang & M. J. Witbrock 1988, Proceedings of the Connectionist Models Summer School, 52–59",
	}, func() Set { return new(Spirals) })
}

// Load draws the samples; without noise they are the same for every seed.
func (d *Moons) Load(env problems.Env) (*Samples, error) {
	return d.draw(env, "two-moons", func(class int, share float64) (x, y float64) {
		t := math.Pi * share
		if class == 0 {
			return elementary.Cos(t), elementary.Sin(t)
		}
		return 1 - elementary.Cos(t), 0.5 - elementary.Sin(t)
	}), nil
}

// Load draws the samples; without noise they are the same for every seed.
func (d *Spirals) Load(env problems.Env) (*Samples, error) {
	return d.draw(env, "spirals", func(class int, share float64) (x, y float64) {
		t := 0.5 + float64(2*math.Pi*d.Turns*share)
		r := t / 8
		if class == 1 {
			r = -r
		}
		return r * elementary.Cos(t), r * elementary.Sin(t)
	}), nil
}

// draw places each class along its curve at even shares from 0 to 1.
func (d *Shape) draw(env problems.Env, name string, curve func(class int, share float64) (x, y float64)) *Samples {
	rng := stream(env, name, d.Samples, d.Draw)
	values, labels := make([]float64, 0, 2*d.Samples), make([]float64, d.Samples)
	half := (d.Samples + 1) / 2
	for i := range labels {
		class, at, of := 0, i, half
		if i >= half {
			class, at, of = 1, i-half, d.Samples-half
		}
		x, y := curve(class, float64(at)/float64(of-1))
		values = append(values, x+float64(d.Noise*random.Normal(rng)), y+float64(d.Noise*random.Normal(rng)))
		labels[i] = float64(class)
	}
	flip(labels, d.Flip, rng)
	return &Samples{Name: name, X: NewDense(d.Samples, 2, values), Y: labels}
}
