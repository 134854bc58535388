package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary/exact"
	"github.com/gdbench/gdbench/problems"
)

// f* on designs whose columns depend on one another is that of a solver in 320 bits on the
// design before its entries were rounded, with no more in common than Newton's method.

// loss is one of the catalogue as the other solver knows it.
type loss struct {
	name    string
	classes int // 0: numbers for labels
	outputs int
	// term is φ(z, y) with its gradient and Hessian.
	term func(z []*big.Float, y float64, slope []*big.Float, curve [][]*big.Float) *big.Float
}

// single is a loss of one output from φ, φ′ and φ″.
func single(f func(z *big.Float, y float64) (value, slope, curve *big.Float)) func([]*big.Float, float64, []*big.Float, [][]*big.Float) *big.Float {
	return func(z []*big.Float, y float64, slope []*big.Float, curve [][]*big.Float) (value *big.Float) {
		value, slope[0], curve[0][0] = f(z[0], y)
		return value
	}
}

var one, zero, half = exact.Of(1), exact.Of(0), exact.Of(0.5)

// quadraticPart is r²/2.
func quadraticPart(r *big.Float) *big.Float { return exact.Mul(half, exact.Mul(r, r)) }

var singularLosses = []loss{
	{"least-squares", 0, 1, single(func(z *big.Float, y float64) (*big.Float, *big.Float, *big.Float) {
		r := exact.Sub(z, exact.Of(y))
		return quadraticPart(r), r, one
	})},
	{"huber", 0, 1, single(func(z *big.Float, y float64) (*big.Float, *big.Float, *big.Float) {
		r := exact.Sub(z, exact.Of(y))
		switch {
		case r.Cmp(one) > 0:
			return exact.Sub(r, half), one, zero
		case r.Cmp(exact.Of(-1)) < 0:
			return exact.Sub(exact.Sub(zero, r), half), exact.Of(-1), zero
		}
		return quadraticPart(r), r, one
	})},
	{"squared-hinge", 2, 1, single(func(z *big.Float, y float64) (*big.Float, *big.Float, *big.Float) {
		short := exact.Sub(one, exact.Mul(exact.Of(y), z))
		if short.Sign() <= 0 {
			return zero, zero, zero
		}
		return quadraticPart(short), exact.Mul(exact.Of(-y), short), one
	})},
	{"logistic", 2, 1, single(func(z *big.Float, y float64) (*big.Float, *big.Float, *big.Float) {
		e := exact.Exp(exact.Mul(exact.Of(-y), z))
		p := exact.Quo(e, exact.Add(one, e))
		return exact.Log(exact.Add(one, e)), exact.Mul(exact.Of(-y), p), exact.Mul(p, exact.Sub(one, p))
	})},
	{"poisson", 0, 1, single(func(z *big.Float, y float64) (*big.Float, *big.Float, *big.Float) {
		e := exact.Exp(z)
		return exact.Sub(e, exact.Mul(exact.Of(y), z)), exact.Sub(e, exact.Of(y)), e
	})},
	{"softmax", 3, 3, func(z []*big.Float, y float64, slope []*big.Float, curve [][]*big.Float) *big.Float {
		sum := exact.Of(0)
		for k, v := range z {
			slope[k] = exact.Exp(v)
			sum = exact.Add(sum, slope[k])
		}
		for k := range z {
			slope[k] = exact.Quo(slope[k], sum)
		}
		for k := range z {
			for l := range z {
				curve[k][l] = exact.Sub(zero, exact.Mul(slope[k], slope[l]))
			}
			curve[k][k] = exact.Add(curve[k][k], slope[k])
		}
		value := exact.Sub(exact.Log(sum), z[int(y)])
		slope[int(y)] = exact.Sub(slope[int(y)], one)
		return value
	}},
}

// singular is a design: its columns in 320 bits, and the other settings of the loss.
type singular struct {
	loss
	columns   [][]*big.Float
	y         []float64
	l2        float64
	intercept string
	shape     string
}

// drawSingular makes a design of m samples whose columns are, in turn, independent ones and
// copies, combinations, indicators, constants and zeros.
func drawSingular(rng *rand.Rand, l loss) *singular {
	d := &singular{loss: l, intercept: []string{"none", "free", "penalized"}[rng.IntN(3)]}
	m := 4 + rng.IntN(20)
	column := func(f func(i int) *big.Float) {
		c := make([]*big.Float, m)
		for i := range c {
			c[i] = f(i)
		}
		d.columns = append(d.columns, c)
	}
	for range 1 + rng.IntN(3) {
		column(func(int) *big.Float { return exact.Of(math.Round(1024*rng.NormFloat64()) / 1024) })
	}
	d.shape = []string{"copies", "combinations", "indicators", "constant", "zero", "few samples", "units"}[rng.IntN(7)]
	base := len(d.columns)
	switch d.shape {
	case "combinations":
		for range 2 {
			a, b := exact.Of(float64(rng.IntN(7)-3)), exact.Of(rng.NormFloat64())
			u, v := d.columns[rng.IntN(base)], d.columns[rng.IntN(base)]
			column(func(i int) *big.Float { return exact.Add(exact.Mul(a, u[i]), exact.Mul(b, v[i])) })
		}
	case "indicators":
		group := make([]int, m)
		for i := range group {
			group[i] = rng.IntN(3)
		}
		for k := range 3 {
			column(func(i int) *big.Float {
				if group[i] == k {
					return one
				}
				return zero
			})
		}
		d.intercept = "free"
	case "constant":
		column(func(int) *big.Float { return exact.Of(2.5) })
	case "zero":
		column(func(int) *big.Float { return zero })
	case "few samples":
		for len(d.columns) < 6 {
			column(func(int) *big.Float { return exact.Of(math.Round(1024*rng.NormFloat64()) / 1024) })
		}
		for j := range d.columns {
			d.columns[j] = d.columns[j][:min(m, 4)]
		}
		m = min(m, 4)
	default:
		u := d.columns[rng.IntN(base)]
		column(func(i int) *big.Float { return u[i] })
	}
	if d.shape == "units" {
		for _, c := range d.columns {
			unit := exact.Of(math.Pow(10, float64(rng.IntN(13)-6)))
			for i := range c {
				c[i] = exact.Mul(c[i], unit)
			}
		}
	}
	d.label(rng, m)
	if d.outputs > 1 && rng.IntN(2) == 0 || rng.IntN(6) == 0 {
		d.l2 = 0.01
	}
	return d
}

// label draws classes that overlap, or numbers with outliers and counts of 0.
func (d *singular) label(rng *rand.Rand, m int) {
	d.y = make([]float64, m)
	for i := range d.y {
		switch {
		case d.classes > 0:
			d.y[i] = float64((i + rng.IntN(2)*rng.IntN(d.classes)) % d.classes)
		case d.name == "poisson":
			d.y[i] = float64(rng.IntN(5))
		default:
			d.y[i] = math.Round(1024*3*rng.NormFloat64()) / 1024
		}
	}
	for k := range d.classes {
		d.y[k] = float64(k)
	}
}

// write stores the rounded design as a file and returns the problem's text.
func (d *singular) write(t *testing.T, dir string) string {
	var b strings.Builder
	for i, y := range d.y {
		for _, c := range d.columns {
			v, _ := c[i].Float64()
			b.WriteString(strconv.FormatFloat(v, 'g', -1, 64) + ",")
		}
		fmt.Fprintf(&b, "%g\n", y)
	}
	path := filepath.Join(dir, "singular.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("{name: %s, data: %s, standardize: false, l2: %g, intercept: %s}", d.name, path, d.l2, d.intercept)
}

// checkSingular compares f* of one design, and returns what was found.
func checkSingular(t *testing.T, seed uint64, l loss) string {
	d := drawSingular(rand.New(rand.NewPCG(seed, 7)), l)
	text := d.write(t, t.TempDir())
	p := build(t, text)
	facts := problems.FactsOf(p)
	want, attained := d.solve()
	what := fmt.Sprintf("seed %d, %s: %s", seed, d.shape, text)
	switch {
	case !attained && facts.Minimum != nil:
		t.Errorf("%s: f* = %g though the minimum is not attained", what, facts.Minimum.Value)
	case !attained:
		if note := strings.Join(facts.Notes, "\n"); !strings.Contains(note, "the minimum is not attained: ") || strings.Contains(note, "separable") != (d.classes > 0) {
			t.Errorf("%s: notes %q", what, facts.Notes)
		}
		return "not attained"
	case facts.Minimum == nil:
		t.Errorf("%s: no minimum, want %.17g; notes %q", what, want, facts.Notes)
	default:
		m := facts.Minimum
		start := p.Evaluate(make([]float64, p.Dim()), nil)
		if off := math.Abs(m.Value - want); !(off <= m.Accuracy) {
			t.Errorf("%s: f* = %.17g ± %.2g, want %.17g, off by %.2g", what, m.Value, m.Accuracy, want, off)
		}
		if !(m.Accuracy <= 1e-12*math.Max(math.Abs(start), math.Abs(want))) {
			t.Errorf("%s: accuracy %g of f(0) = %g, f* = %g", what, m.Accuracy, start, want)
		}
	}
	return d.shape
}

func TestSingularDesigns(t *testing.T) { testSingular(t, 15) }

func TestSoakSingularDesigns(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("takes minutes; GDBENCH_SOAK=1 runs it")
	}
	testSingular(t, 500)
}

func testSingular(t *testing.T, designs uint64) {
	each := func(name string, check func(t *testing.T, seed uint64) string) {
		t.Run(name, func(t *testing.T) {
			found := map[string]int{}
			for seed := range designs {
				found[check(t, seed)]++
			}
			t.Logf("%v", found)
		})
	}
	for _, l := range singularLosses {
		each(l.name, func(t *testing.T, seed uint64) string { return checkSingular(t, seed, l) })
	}
	each("lasso", checkSingularLasso)
}
