package data

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

// Wilson is the data set on which adaptive methods fit the training samples and fail on others
// (Wilson et al. 2017, section 3.3). The label of sample i is 1 or −1; its first feature is the label, the
// next two are 1, and of five that no other sample has, the first is 1 where the label is 1, and all
// are 1 where it is −1. Only the first feature says anything about a new sample. The number of labels
// that are 1 is the share of them, rounded.
type Wilson struct {
	Samples  int     `param:"samples" default:"60" range:"[2,10000]" doc:"number m of samples; there are 3 + 5m features"`
	Positive float64 `param:"positive" default:"0.7" range:"(0.5,1)" doc:"fraction p of the labels that are 1"`
	Draw     int     `param:"draw" default:"1" range:"[1,1000000]" doc:"index of the random draw, of the order of the labels"`
}

func init() {
	Register("wilson", problems.Info{
		Summary: "separable samples with features of their own, on which adaptive methods do not generalize",
		Source:  "A. C. Wilson, R. Roelofs, M. Stern, N. Srebro & B. Recht 2017, The marginal value of adaptive gradient methods in machine learning, NeurIPS 30, section 3.3",
		DOI:     "10.48550/arXiv.1705.08292",
	}, func() Set { return new(Wilson) })
}

// Load builds the samples; the order of their labels depends on the suite's seed.
func (d *Wilson) Load(env problems.Env) (*Samples, error) {
	return loadOnce(drawn{env.Seed, *d}, func() (*Samples, error) { return d.draw(env), nil })
}

func (d *Wilson) draw(env problems.Env) *Samples {
	const shared, own = 3, 5
	y := make([]float64, d.Samples)
	positive := int(math.Round(float64(d.Positive * float64(d.Samples))))
	for k, i := range stream(env, "wilson", d.Samples, d.Draw).Perm(d.Samples) {
		y[i] = -1
		if k < positive {
			y[i] = 1
		}
	}
	offsets := []int{0}
	var columns []int32
	var values []float64
	for i, label := range y {
		columns, values = append(columns, 0, 1, 2), append(values, label, 1, 1)
		count := 1
		if label < 0 {
			count = own
		}
		for k := range count {
			columns, values = append(columns, int32(shared+own*i+k)), append(values, 1)
		}
		offsets = append(offsets, len(values))
	}
	return &Samples{Name: "wilson", X: NewSparse(d.Samples, shared+own*d.Samples, offsets, columns, values), Y: y}
}
