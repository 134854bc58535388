// Package counts is what a method asks of its oracle, as numbers: which counts there are,
// in which order, and what they are called in files, options and sentences. A further
// count is one field, one constant and one row of this file, and the place that counts it.
package counts

import "fmt"

// Of holds one T for each count: Counts for a total, Columns for a curve.
//
// The keys are those of the record. A count that later versions add is `omitempty`, so
// that runs that do not use it are written as before.
type Of[T any] struct {
	Values          T `json:"values"`      // f alone, or beside its gradient
	Gradients       T `json:"gradients"`   // ∇f
	Evaluations     T `json:"evaluations"` // calls at a point: value, gradient or both
	Hessians        T `json:"hessians"`
	HessianProducts T `json:"hessian_products"`
	Prox            T `json:"prox"`    // proximal steps
	Samples         T `json:"samples"` // terms of a finite sum that were visited

	Projections         T `json:"projections,omitempty"`          // to the set of a constraint
	LinearMinimizations T `json:"linear_minimizations,omitempty"` // over that set
}

// Counts are totals.
type Counts = Of[int64]

// Columns are the totals at the points of a curve, one column for each count.
type Columns = Of[[]int64]

// Count is one of the counts: the index of its field in Of.
type Count int

// The counts, in the order of files and tables.
const (
	Values Count = iota
	Gradients
	Evaluations
	Hessians
	HessianProducts
	Prox
	Samples
	Projections
	LinearMinimizations
	number
)

// All are the counts in order.
var All = func() (all [number]Count) {
	for c := range all {
		all[c] = Count(c)
	}
	return all
}()

// names are what the counts are called.
var names = [number]struct {
	key       string // in files
	name      string // in options and tables
	one, more string // in sentences
	rare      bool   // few runs have any: a curve has no column of zeros
}{
	Values:          {key: "values", name: "values", one: "value", more: "values"},
	Gradients:       {key: "gradients", name: "gradients", one: "gradient", more: "gradients"},
	Evaluations:     {key: "evaluations", name: "evaluations", one: "evaluation", more: "evaluations"},
	Hessians:        {key: "hessians", name: "hessians", one: "Hessian", more: "Hessians"},
	HessianProducts: {key: "hessian_products", name: "hessian-products", one: "Hessian product", more: "Hessian products"},
	Prox:            {key: "prox", name: "prox", one: "proximal step", more: "proximal steps", rare: true},
	Samples:         {key: "samples", name: "samples", one: "sample", more: "samples"},

	Projections:         {key: "projections", name: "projections", one: "projection", more: "projections", rare: true},
	LinearMinimizations: {key: "linear_minimizations", name: "linear-minimizations", one: "linear minimization", more: "linear minimizations", rare: true},
}

// fields are the places of the counts, in the order of the constants.
func (o *Of[T]) fields() [number]*T {
	return [number]*T{&o.Values, &o.Gradients, &o.Evaluations, &o.Hessians, &o.HessianProducts, &o.Prox, &o.Samples,
		&o.Projections, &o.LinearMinimizations}
}

// At is the place of one count.
func (o *Of[T]) At(c Count) *T { return o.fields()[c] }

// Each goes through the counts in order.
func (o *Of[T]) Each(yield func(Count, *T) bool) {
	for i, field := range o.fields() {
		if !yield(Count(i), field) {
			return
		}
	}
}

// Zip goes through two sets of counts together, in order. It is for the points of a trace,
// where asking for each count anew would be felt.
func Zip[A, B any](a *Of[A], b *Of[B], visit func(Count, *A, *B)) {
	of := b.fields()
	for i, field := range a.fields() {
		visit(Count(i), field, of[i])
	}
}

// Difference is what was counted between two moments.
func Difference(after, before Counts) Counts {
	for c, value := range after.Each {
		*value -= *before.At(c)
	}
	return after
}

// Key is the name in files: "hessian_products".
func (c Count) Key() string { return names[c].key }

// String is the name in options and tables: "hessian-products".
func (c Count) String() string { return names[c].name }

// Noun is the word in a sentence that goes with the number n.
func (c Count) Noun(n float64) string {
	if n == 1 {
		return names[c].one
	}
	return names[c].more
}

// Rare reports whether a curve without any of this count has no column for it.
func (c Count) Rare() bool { return names[c].rare }

// Spell is a number with its noun: "1 Hessian product".
func (c Count) Spell(n int64) string { return fmt.Sprintf("%d %s", n, c.Noun(float64(n))) }

// Named is the count that an option names.
func Named(name string) (Count, bool) {
	for _, c := range All {
		if c.String() == name {
			return c, true
		}
	}
	return 0, false
}

// Asked reports whether the count is of something that a method asks for. Evaluations and
// samples are other measures of the same requests.
func (c Count) Asked() bool { return c != Evaluations && c != Samples }

// Passes is what was asked for in the unit in which methods are compared: an evaluation weighs 1
// (on a sum: as many samples as there are), a Hessian product 2 and a Hessian its price. The
// samples of a sum hold each Hessian and product once already.
func Passes(s *Of[float64], samples int, hessian float64) float64 {
	if samples == 0 {
		return s.Evaluations + float64(2*s.HessianProducts) + float64(hessian*s.Hessians)
	}
	return s.Samples/float64(samples) + s.HessianProducts + float64((hessian-1)*s.Hessians)
}
