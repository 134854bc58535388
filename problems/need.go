package problems

import "math"

// Need is something that a method needs of a problem, beside facts. A component declares its own:
// `gdbench show` lists them, and a run is skipped in the same words where the problem lacks one.
type Need struct {
	What    string // "a bounded constraint"
	Because string // said of a problem that lacks it; "" for nothing
	Met     func(*Oracle) bool
}

// Need is the error of a method whose problem lacks one of its needs, nil where it has all of them.
func (o *Oracle) Need(needs ...Need) error {
	for _, n := range needs {
		if !n.Met(o) {
			return o.lacks(n)
		}
	}
	return nil
}

// lacks is the error of a need that is not met. Batches or noise are named where they are the reason.
func (o *Oracle) lacks(n Need) error {
	what, exact := n.What, *o
	exact.batches, exact.noise = nil, nil
	switch {
	case n.Because != "":
		what += "; " + n.Because
	case !n.Met(&exact):
	case o.batches != nil:
		what += " on mini-batches"
	case o.noise != nil:
		what += " without noise"
	}
	return &Missing{What: what}
}

// What methods need. Of derivatives, batches and noise offer none.
var (
	NeedsHessian        = Need{What: "a Hessian", Met: func(o *Oracle) bool { return offers[Hessian](o) }}
	NeedsHessianProduct = Need{What: "Hessian products", Met: func(o *Oracle) bool { return offers[HessianProduct](o) }}
	NeedsResiduals      = Need{What: "residuals", Met: func(o *Oracle) bool { return offers[Residuals](o) }}
	NeedsQuadratic      = Need{What: "a quadratic, with exact Hessian products", Met: (*Oracle).Quadratic}
	NeedsSamples        = Need{What: "a problem that is a sum over samples", Met: func(o *Oracle) bool { return o.sum != nil && o.noise == nil }}
	NeedsMatrices       = Need{What: "variables that form a matrix of two rows and two columns at least", Met: func(o *Oracle) bool { return o.matrices() != nil }}

	NeedsSmooth = Need{
		What: "a smooth objective", Because: "this one has a nonsmooth part with a proximal operator",
		Met: func(o *Oracle) bool { return o.set != nil || !o.Composite() },
	}
	NeedsNoConstraint = Need{
		What: "a problem without a constraint", Because: "this one confines its variables to a set, which the method does not know of",
		Met: func(o *Oracle) bool { return o.set == nil },
	}
	NeedsBoundedConstraint = Need{
		What: "a bounded constraint", Because: "elsewhere a linear function need not have a minimum",
		Met: func(o *Oracle) bool { return o.set != nil && !math.IsInf(o.set.Diameter(), 1) },
	}
	NeedsVertices = Need{
		What: "a constraint with vertices", Because: "steps go away from them",
		Met: func(o *Oracle) bool { return o.set != nil && o.set.Polyhedral() },
	}
	NeedsSimplex = Need{
		What: "the constraint simplex", Because: "the steps are for that set",
		Met: func(o *Oracle) bool { _, ok := o.set.(Simplex); return ok },
	}
	NeedsBounds = Need{
		What: "bounds as the constraint (a box, or nonnegative variables), or none", Because: "the set of this problem is another one",
		Met: func(o *Oracle) bool { _, ok := o.set.(Bounded); return ok || o.set == nil },
	}
)

// offers reports whether the problem has a T that a method may ask.
func offers[T any](o *Oracle) bool {
	_, ok := As[T](o.problem)
	return ok && !o.Batched()
}
