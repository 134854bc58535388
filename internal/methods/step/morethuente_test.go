package step_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/optimize"
)

// The six functions of Moré & Thuente 1994, section 5, with the number of trials and the
// step of their tables I to VI from the starts 10⁻³, 10⁻¹, 10 and 10³.
func TestMoreThuenteTables(t *testing.T) {
	rational := &curve{
		f:  func(α float64) float64 { return -α / (α*α + 2) },
		df: func(α float64) float64 { return (α*α - 2) / ((α*α + 2) * (α*α + 2)) },
	}
	quintic := &curve{
		f:  func(α float64) float64 { return math.Pow(α+0.004, 5) - 2*math.Pow(α+0.004, 4) },
		df: func(α float64) float64 { return 5*math.Pow(α+0.004, 4) - 8*math.Pow(α+0.004, 3) },
	}
	for _, c := range []struct {
		name   string
		p      *curve
		c1, c2 float64
		trials [4]int
		steps  [4]float64
	}{
		{"I", rational, 0.001, 0.1, [4]int{6, 3, 1, 4}, [4]float64{1.4, 1.4, 10, 37}},
		{"II", quintic, 0.1, 0.1 + 1e-12, [4]int{12, 8, 8, 11}, [4]float64{1.6, 1.6, 1.6, 1.6}},
		{"III", oscillating(), 0.1, 0.1 + 1e-12, [4]int{12, 12, 10, 13}, [4]float64{1, 1, 1, 1}},
		{"IV", yanai(0.001, 0.001), 0.001, 0.001 + 1e-12, [4]int{4, 1, 3, 4}, [4]float64{0.08, 0.10, 0.35, 0.83}},
		{"V", yanai(0.01, 0.001), 0.001, 0.001 + 1e-12, [4]int{6, 3, 7, 8}, [4]float64{0.075, 0.078, 0.073, 0.076}},
		{"VI", yanai(0.001, 0.01), 0.001, 0.001 + 1e-12, [4]int{13, 11, 8, 11}, [4]float64{0.93, 0.93, 0.92, 0.92}},
	} {
		for i, first := range []float64{1e-3, 1e-1, 1e1, 1e3} {
			rule := fmt.Sprintf("{name: strong-wolfe, c1: %g, c2: %.13g, initial: %g}", c.c1, c.c2, first)
			r := aim(t, rule, c.p, 0)
			got, err := r.step(1)
			if err != nil {
				t.Errorf("table %s from %g: %v", c.name, first, err)
				continue
			}
			if r.at.Trials != c.trials[i] || math.Abs(got-c.steps[i]) > 0.065*c.steps[i] { // printed with one or two digits
				t.Errorf("table %s from %g: %d trials to %.3g, published %d to %g", c.name, first, r.at.Trials, got, c.trials[i], c.steps[i])
			}
		}
	}
}

// Trial by trial the search is gonum's, of the same authors' code: while the interval is
// open, with a trial that is lower but not low enough, and once it is closed.
func TestMoreThuenteAgainstGonum(t *testing.T) {
	quartic := &curve{
		f:  func(x float64) float64 { return math.Pow(x-1, 4) / 4 },
		df: func(x float64) float64 { return math.Pow(x-1, 3) },
	}
	cosh := &curve{f: func(x float64) float64 { return math.Cosh(x - 3) }, df: func(x float64) float64 { return math.Sinh(x - 3) }}
	kink := &curve{ // slope −1 until 1, then nearly flat, with the minimizer 4
		f: func(x float64) float64 {
			if x < 1 {
				return 1 - x + 0.015
			}
			return (x - 4) * (x - 4) / 600
		},
		df: func(x float64) float64 {
			if x < 1 {
				return -1
			}
			return (x - 4) / 300
		},
	}
	fall := &curve{f: func(x float64) float64 { return math.Exp(-x) }, df: func(x float64) float64 { return -math.Exp(-x) }}
	for _, c := range []struct {
		name          string
		p             *curve
		c1, c2, first float64
	}{
		{"open", quartic, 1e-4, 1e-3, 0.01},
		{"open", fall, 1e-4, 1e-3, 0.1},
		{"open", cosh, 1e-4, 1e-3, 0.2},
		{"open, pushed on", kink, 1e-4, 1e-3, 0.3},
		{"not low enough", quartic, 0.4, 0.5, 1.75},
		{"not low enough", cosh, 0.45, 0.5, 5.9},
		{"closed", cosh, 0.1, 0.2, 9},
	} {
		r := aim(t, fmt.Sprintf("{name: strong-wolfe, c1: %g, c2: %g, initial: %g}", c.c1, c.c2, c.first), c.p, 0)
		got, err := r.step(1)
		if err != nil {
			t.Fatal(err)
		}
		peer := &optimize.MoreThuente{DecreaseFactor: c.c1, CurvatureFactor: c.c2}
		peer.Init(c.p.f(0), c.p.df(0), c.first)
		want, trials := c.first, 1
		for {
			op, step, err := peer.Iterate(c.p.f(want), c.p.df(want))
			if err != nil {
				t.Fatal(err)
			}
			if op == optimize.MajorIteration {
				break
			}
			want = step
			trials++
		}
		if math.Abs(got-want) > 1e-9*want || r.at.Trials != trials {
			t.Errorf("%s, from %g: t = %.12g after %d trials, gonum %.12g after %d", c.name, c.first, got, r.at.Trials, want, trials)
		}
	}
}

// oscillating is formula (5.3), with β = 0.01 and l = 39.
func oscillating() *curve {
	const β, l = 0.01, 39
	smooth := func(α float64) (f, df float64) {
		switch {
		case α <= 1-β:
			return 1 - α, -1
		case α >= 1+β:
			return α - 1, 1
		}
		return (α-1)*(α-1)/(2*β) + β/2, (α - 1) / β
	}
	return &curve{
		f: func(α float64) float64 {
			f, _ := smooth(α)
			return f + 2*(1-β)/(l*math.Pi)*math.Sin(l*math.Pi/2*α)
		},
		df: func(α float64) float64 {
			_, df := smooth(α)
			return df + (1-β)*math.Cos(l*math.Pi/2*α)
		},
	}
}

// yanai is formula (5.4), of Yanai, Ozawa and Kaneko.
func yanai(β1, β2 float64) *curve {
	γ := func(β float64) float64 { return math.Sqrt(1+β*β) - β }
	return &curve{
		f: func(α float64) float64 {
			return γ(β1)*math.Hypot(1-α, β2) + γ(β2)*math.Hypot(α, β1)
		},
		df: func(α float64) float64 {
			return -γ(β1)*(1-α)/math.Hypot(1-α, β2) + γ(β2)*α/math.Hypot(α, β1)
		},
	}
}
