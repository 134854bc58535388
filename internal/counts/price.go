package counts

// Price is what a gradient costs in evaluations of f.
type Price int

const (
	// OneEvaluation prices a gradient, with the value beside it, as one evaluation.
	OneEvaluation Price = iota
	// Dimension prices it as the D evaluations that differences would take beyond the value at
	// the point itself. It makes costs comparable with those of methods without gradients, as
	// Hansen proposes in COCO's discussion of derivatives.
	Dimension
)

// Prices are all of them.
var Prices = []Price{OneEvaluation, Dimension}

// String is the price as options have it.
func (p Price) String() string { return [...]string{"1", "D"}[p] }

// Words say what a gradient costs.
func (p Price) Words() string {
	return [...]string{"a gradient counts as 1 evaluation", "a gradient counts as D evaluations"}[p]
}

// Evaluations is the cost of what was counted on a problem in so many variables. A Hessian product
// is worth two gradients, a Hessian D. Gradients that were made of differences of values have been
// counted as these.
func (p Price) Evaluations(variables int, differences bool, count func(Count) float64) float64 {
	d := float64(variables)
	gradients := float64(2*count(HessianProducts)) + float64(d*count(Hessians))
	if p == OneEvaluation {
		return count(Evaluations) + gradients
	}
	if !differences {
		gradients += count(Gradients)
	}
	return count(Values) + float64(d*gradients)
}
