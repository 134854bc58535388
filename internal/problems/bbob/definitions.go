package bbob

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

// quality says what a gradient is worth.
type quality string

const (
	exact            quality = "exact everywhere"
	almostEverywhere quality = "exact almost everywhere"
	almostNowhere    quality = "of no use almost everywhere"
)

// kind is what is known about a function in all of its instances.
type kind struct {
	name           string
	quality        quality
	differentiable string // where it is not
	convexity      problems.Convexity
	smooth         bool // has second derivatives everywhere
}

// definition makes the instances of one function.
type definition struct {
	kind
	seed int // 0: the number of the function
	make func(instanceOf) *function
}

// instanceOf draws what a definition asks for.
type instanceOf struct {
	n    int
	seed int64
}

func (i instanceOf) optimum() []float64 { return optimum(i.n, i.seed) }

// first and second are the rotations R and Q of the definitions.
func (i instanceOf) first() matrix  { return rotation(i.n, i.seed+1000000) }
func (i instanceOf) second() matrix { return rotation(i.n, i.seed) }

// conditioned is R·Λ·Q, the condition of Λ being that of the argument.
func (i instanceOf) conditioned(condition float64) linear {
	return linear{i.first().times(powers(math.Sqrt(condition), i.n), i.second())}
}

const axes = "not differentiable where a shifted variable is 0 (oscillating slope, bounded)"

var definitions = [24]definition{
	{kind: kind{"sphere", exact, "smooth", problems.StronglyConvex, true}, make: sphere},
	{kind: kind{"separable ellipsoid", almostEverywhere, axes, problems.Nonconvex, false}, make: ellipsoid},
	{kind: kind{"separable Rastrigin", almostEverywhere, axes, problems.Nonconvex, false}, make: rastrigin},
	{kind: kind{"Büche–Rastrigin", almostEverywhere, axes + ", with a kink there in every other variable", problems.Nonconvex, false}, seed: 3, make: bueche},
	{kind: kind{"linear slope", almostEverywhere, "kinks where a variable passes the border at ±5; constant beyond", problems.Convex, false}, make: slope},
	{kind: kind{"attractive sector", exact, "differentiable; infinite second derivative at x*", problems.Nonconvex, false}, make: sector},
	{kind: kind{"step ellipsoid", almostNowhere, "piecewise constant inside of the box, but for 1e-5·|ẑ₁| near x*", problems.Nonconvex, false}, make: steps},
	{kind: kind{"Rosenbrock", exact, "smooth", problems.Nonconvex, true}, make: rosenbrock},
	{kind: kind{"rotated Rosenbrock", exact, "smooth", problems.Nonconvex, true}, make: rotatedRosenbrock},
	{kind: kind{"ellipsoid", almostEverywhere, axes + " in rotated coordinates", problems.Nonconvex, false}, make: rotatedEllipsoid},
	{kind: kind{"discus", almostEverywhere, axes + " in rotated coordinates", problems.Nonconvex, false}, make: discus},
	{kind: kind{"bent cigar", exact, "continuously differentiable", problems.Nonconvex, false}, make: cigar},
	{kind: kind{"sharp ridge", almostEverywhere, "a kink along the ridge, on which x* lies", problems.Convex, false}, make: ridge},
	{kind: kind{"different powers", almostEverywhere, "not differentiable at x*: a cone", problems.UnknownConvexity, false}, make: differentPowers},
	{kind: kind{"Rastrigin", almostEverywhere, axes + " in rotated coordinates", problems.Nonconvex, false}, make: rotatedRastrigin},
	{kind: kind{"Weierstrass", almostEverywhere, axes + " in rotated coordinates; twelve frequencies of a curve that is nowhere differentiable in the limit", problems.Nonconvex, false}, make: weierstrass},
	{kind: kind{"Schaffer F7", almostEverywhere, "not differentiable where two neighbouring variables are 0", problems.Nonconvex, false}, make: schaffer(10)},
	{kind: kind{"Schaffer F7, ill-conditioned", almostEverywhere, "not differentiable where two neighbouring variables are 0", problems.Nonconvex, false}, seed: 17, make: schaffer(1000)},
	{kind: kind{"Griewank–Rosenbrock F8F2", exact, "smooth", problems.Nonconvex, true}, make: griewankRosenbrock},
	{kind: kind{"Schwefel", exact, "continuously differentiable; infinite second derivative where a transformed variable is 0", problems.Nonconvex, false}, make: schwefel},
	{kind: kind{"Gallagher, 101 peaks", almostEverywhere, "kinks where the highest peak changes", problems.Nonconvex, false}, make: gallagher(101, math.Sqrt(1000), 10, 5)},
	{kind: kind{"Gallagher, 21 peaks", almostEverywhere, "kinks where the highest peak changes", problems.Nonconvex, false}, make: gallagher(21, 1000, 9.8, 4.9)},
	{kind: kind{"Katsuura", almostNowhere, "kinks on a grid of 2⁻³³ in every variable: the gradient is that of the finest of 32 scales", problems.Nonconvex, false}, make: katsuura},
	{kind: kind{"Lunacek bi-Rastrigin", almostEverywhere, "a kink where the two funnels meet", problems.Nonconvex, false}, make: lunacek},
}
