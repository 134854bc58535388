package statistics

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/random"
)

// energy is the statistic of a split as equations 5 to 7 of Matteson & James print it.
func energy(left, right []float64) float64 {
	n, m := float64(len(left)), float64(len(right))
	between := 0.0
	for _, x := range left {
		for _, y := range right {
			between += math.Abs(x - y)
		}
	}
	within := func(x []float64) float64 {
		sum, pairs := 0.0, 0.0
		for i := range x {
			for k := range i {
				sum, pairs = sum+math.Abs(x[i]-x[k]), pairs+1
			}
		}
		return sum / pairs
	}
	return n * m / (n + m) * (2/(n*m)*between - within(left) - within(right))
}

func splitByDefinition(x []float64) (best float64, at int) {
	for k := 2; k <= len(x)-2; k++ {
		for end := k + 2; end <= len(x); end++ {
			if q := energy(x[:k], x[k:end]); q > best+1e-12 {
				best, at = q, k
			}
		}
	}
	return best, at
}

func noise(rng *rand.Rand, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = random.Normal(rng)
	}
	return out
}

func TestBestSplit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 14 {
		x := noise(rng, n)
		q, at := bestSplit(x, make([]float64, (n+1)*(n+1)))
		if want, place := splitByDefinition(x); math.Abs(q-want) > 1e-12 || at != place {
			t.Errorf("%d values: %g at %d; by definition %g at %d", n, q, at, want, place)
		}
	}
}

// permutations calls f with every order of x.
func permutations(x []float64, f func()) {
	var swap func(k int)
	swap = func(k int) {
		if k == len(x) {
			f()
			return
		}
		for i := k; i < len(x); i++ {
			x[k], x[i] = x[i], x[k]
			swap(k + 1)
			x[k], x[i] = x[i], x[k]
		}
	}
	swap(0)
}

// The p-value is the share of all orders of the values that have a split as good.
func TestChangePointByEnumeration(t *testing.T) {
	x := []float64{0.1, 0, 0.2, 0.15, 2, 2.1, 1.9, 2.05}
	found := ChangePoints(x, 0.5, 1)
	if len(found) == 0 || found[0].At != 4 {
		t.Fatalf("%v; expected a change at 4", found)
	}
	observed, _ := splitByDefinition(x)
	as, all := 0, 0
	permutations(slices.Clone(x), func() { all++ }) // 8! orders
	y := slices.Clone(x)
	permutations(y, func() {
		if q, _ := bestSplit(y, make([]float64, 81)); q >= observed-1e-9 {
			as++
		}
	})
	if exact := float64(as) / float64(all); math.Abs(found[0].P-exact) > 4*math.Sqrt(exact/1000) {
		t.Errorf("p = %g; by enumeration %g", found[0].P, exact)
	}
}

// A step that could not be clearer has 2 of all arrangements of its values to itself.
func TestChangeNeeds(t *testing.T) {
	for _, level := range []float64{0.9, 0.05, 0.01, 0.001} {
		n := ChangeNeeds(level)
		found := func(n int) bool {
			x := make([]float64, n)
			for i := range x {
				x[i] = math.Floor(float64(2*i)/float64(n+n%2)) + 1e-6*float64(i%3)
			}
			for seed := range uint64(20) {
				if len(ChangePoints(x, level, seed)) == 0 {
					return false
				}
			}
			return true
		}
		if n > 4 && found(n-1) {
			t.Errorf("level %g: a step in %d values is found, but %d are said to be needed", level, n-1, n)
		}
		if !found(n + 2) {
			t.Errorf("level %g: no step is found in %d values, but %d are said to be enough", level, n+2, n)
		}
	}
}

// Without a change one is found as often as the level says, whatever the noise: normal, heavy
// in its tails, or with few different values.
func TestChangePointsFalseAlarms(t *testing.T) {
	const runs, level = 1500, 0.05
	for name, draw := range map[string]func(*rand.Rand) float64{
		"normal": random.Normal,
		"heavy":  func(rng *rand.Rand) float64 { return random.Normal(rng) / math.Abs(random.Normal(rng)) },
		"coins":  func(rng *rand.Rand) float64 { return float64(rng.IntN(2)) },
	} {
		for _, n := range []int{9, 25} {
			rng := rand.New(rand.NewPCG(uint64(n), 3))
			alarms := 0
			for seed := range runs {
				x := make([]float64, n)
				for i := range x {
					x[i] = draw(rng)
				}
				if len(ChangePoints(x, level, uint64(seed))) > 0 {
					alarms++
				}
			}
			if limit := level*runs + 3*math.Sqrt(level*runs); float64(alarms) > limit {
				t.Errorf("%s, %d values: %d of %d series have a change; at most %.0f may", name, n, alarms, runs, limit)
			}
		}
	}
}

// Steps of three standard deviations are found, each at its place, in nearly all series.
func TestChangePointsFindsSteps(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	const runs = 200
	found := 0
	for seed := range runs {
		x := noise(rng, 40)
		for i := range x {
			switch {
			case i >= 28:
				x[i] += 1
			case i >= 12:
				x[i] += 4
			}
		}
		p := ChangePoints(x, 0.05, uint64(seed))
		near := func(at int) bool {
			return slices.ContainsFunc(p, func(c ChangePoint) bool { return c.At-at <= 1 && at-c.At <= 1 })
		}
		if near(12) && near(28) {
			found++
		}
	}
	if found < runs*9/10 {
		t.Errorf("both steps are found in %d of %d series", found, runs)
	}
}

func TestChangePointsOfLittle(t *testing.T) {
	for _, x := range [][]float64{nil, {1}, {1, 2, 3}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}} {
		if found := ChangePoints(x, 0.05, 1); len(found) > 0 {
			t.Errorf("%v has changes %v", x, found)
		}
	}
}

// The p-values are sums of binomial coefficients over 2ⁿ, by hand.
func TestSignTest(t *testing.T) {
	for _, c := range []struct {
		positive, negative int
		want               float64
	}{{0, 0, 1}, {3, 3, 1}, {5, 0, 2.0 / 32}, {0, 8, 2.0 / 256}, {7, 1, 2 * 9.0 / 256}, {10, 2, 2 * (66 + 12 + 1) / 4096.0}} {
		if p := SignTest(c.positive, c.negative); math.Abs(p-c.want) > 1e-15 {
			t.Errorf("%d and %d signs: p = %g, expected %g", c.positive, c.negative, p, c.want)
		}
	}
}
