package theorem

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// model is a sequence of known law.
type model struct {
	kind   string
	name   string
	laws   []Law   // that may be claimed
	number float64 // of the first of them; NaN: any
	must   bool    // the data carry the claim
	silent bool    // no claim is right too
	floor  float64
	at     func(k float64) float64

	power, scale float64 // of k^−power·e^(−k/scale), which is either law or none; scale 0 elsewhere
}

// rest may have no law.
func rest(name string, at func(k float64) float64) model {
	return model{kind: "no law", name: name, silent: true, at: at}
}

// simulation makes models of a length, with noise of standard deviation sigma on the logarithm.
type simulation struct {
	length float64
	sigma  float64
	rng    *rand.Rand
}

func (s *simulation) noisy(v float64) float64 {
	if s.sigma == 0 {
		return v
	}
	return v * math.Exp(s.sigma*s.rng.NormFloat64())
}

// correlated is noise of variance 1 whose neighbours have the correlation r.
func (s *simulation) correlated(r float64) func() float64 {
	state := s.rng.NormFloat64()
	return func() float64 {
		state = r*state + math.Sqrt(1-r*r)*s.rng.NormFloat64()
		return state
	}
}

func (s *simulation) models() []model {
	out := append(s.linear(), s.powers()...)
	out = append(out, s.superlinear()...)
	out = append(out, s.resting()...)
	out = append(out, s.mixtures()...)
	return append(out, s.phases()...)
}

func (s *simulation) linear() (out []model) {
	for _, factor := range []float64{0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.9999} {
		for _, ripple := range []float64{0, 0.3, 0.9} {
			const floor = 1e-15
			rate, pulse := -math.Log(factor), 0.3+s.rng.Float64()
			usable := math.Min(s.length, -math.Log(floor)/rate)
			clear := ripple == 0 || ripple < 0.5 && usable > 100
			out = append(out, model{kind: "linear", name: fmt.Sprintf("%g with ripple %g", factor, ripple), laws: []Law{Linear}, number: factor,
				must: clear && usable*rate > 1.5+60*s.sigma && (s.sigma == 0 || usable > 50), floor: floor,
				at: func(k float64) float64 { return s.noisy(math.Exp(-rate*k) * (1 + ripple*math.Cos(pulse*k))) }})
		}
	}
	return out
}

func (s *simulation) powers() (out []model) {
	for _, p := range []float64{0.5, 1, 1.5, 2, 3} {
		for _, offset := range []float64{0.5, 1, 10, 300} {
			out = append(out, model{kind: "power", name: fmt.Sprintf("(k + %g)^−%g", offset, p), laws: []Law{PowerLaw}, number: p,
				must: s.length > 20*offset && (s.sigma == 0 && s.length >= 100 || s.sigma <= 0.05 && s.length >= 300 && p >= 1),
				at:   func(k float64) float64 { return s.noisy(math.Pow(k+offset, -p)) }})
		}
		out = append(out, model{kind: "power", name: fmt.Sprintf("k^−%g ln k", p), laws: []Law{PowerLaw}, number: math.NaN(),
			at: func(k float64) float64 { return s.noisy(math.Pow(k+2, -p) * math.Log(k+2)) }})
	}
	return out
}

func (s *simulation) superlinear() (out []model) {
	for _, order := range []float64{1.5, 1.618, 2, 3} {
		for _, begin := range []float64{0, 20, 3000} {
			out = append(out, model{kind: "superlinear", name: fmt.Sprintf("%g from %g on", order, begin), laws: []Law{Superlinear}, number: order,
				must: s.sigma == 0 && s.length > begin+25 && order < 3, floor: 1e-25,
				at: func(k float64) float64 {
					if k <= begin {
						return s.noisy(0.05 + (begin-k)/100)
					}
					return 0.05 * math.Exp(0.1*s.sigma*s.rng.NormFloat64()-0.5*math.Pow(order, k-begin))
				}})
		}
	}
	return out
}

// resting are noise at rest, noise that comes to rest, a walk, and divergence.
func (s *simulation) resting() (out []model) {
	noise := math.Max(s.sigma, 0.05)
	for _, r := range []float64{0, 0.5, 0.9, 0.99, 0.999} {
		a, b, c, d := s.correlated(r), s.correlated(r), s.correlated(r), s.correlated(r)
		out = append(out,
			rest(fmt.Sprintf("lognormal, correlation %g", r), func(float64) float64 { return 0.01 * math.Exp(noise*a()) }),
			rest(fmt.Sprintf("χ² of two, correlation %g", r), func(float64) float64 { x, y := b(), c(); return x*x + y*y }),
			rest(fmt.Sprintf("comes to rest, correlation %g", r), func(k float64) float64 {
				return (math.Exp(-10*k/s.length) + 0.01) * math.Exp(noise*d())
			}))
	}
	walk := 0.0
	return append(out,
		rest("walk", func(float64) float64 {
			walk += 10 * noise / math.Sqrt(s.length) * s.rng.NormFloat64()
			return math.Exp(walk)
		}),
		rest("diverges", func(k float64) float64 { return s.noisy(math.Pow(1.01, math.Min(k, 20000))) }))
}

// mixtures are k^−p·e^(−k/K), which is what momentum makes of a quadratic: smooth, or with the
// ripple of period π√K that it has there.
func (s *simulation) mixtures() (out []model) {
	for _, p := range []float64{0.5, 1, 1.5, 2, 3} {
		for _, scale := range []float64{30, 100, 300, 1000, 3000} {
			for _, ripple := range []bool{false, true} {
				out = append(out, model{kind: "mixture", name: fmt.Sprintf("k^−%g e^(−k/%g), ripple %v", p, scale, ripple), silent: true, floor: 1e-15,
					power: p, scale: scale, at: func(k float64) float64 {
						v := math.Pow(k+1, -p) * math.Exp(-k/scale)
						if ripple {
							c := math.Cos(k / math.Sqrt(scale))
							v *= 0.01 + c*c
						}
						return s.noisy(v)
					}})
			}
		}
	}
	return out
}

// phases change their law; of two that both lasted, either may be claimed.
func (s *simulation) phases() (out []model) {
	for _, share := range []float64{0.1, 0.2, 0.5, 0.7, 0.9} {
		turn := share * s.length
		laws := []Law{Linear}
		if share == 0.9 {
			laws = append(laws, PowerLaw)
		}
		out = append(out, model{kind: "phases", name: fmt.Sprintf("1/k, linear from %g on", share), laws: laws, number: math.NaN(), silent: true,
			must: s.sigma == 0 && share <= 0.2 && s.length >= 100,
			at: func(k float64) float64 {
				return s.noisy(math.Exp(-10*math.Max(0, k-turn)/s.length) / (math.Min(k, turn) + 1))
			}})
	}
	halves := model{kind: "phases", laws: []Law{Linear}, number: 0.5, silent: true}
	rounded, ends := halves, halves
	rounded.name, rounded.at = "halves to rounding", func(k float64) float64 {
		return math.Max(math.Exp2(-k), 1e-16*(1+s.rng.Float64()))
	}
	ends.name, ends.at = "ends at once", func(k float64) float64 {
		if k == s.length-1 {
			return 1e-24
		}
		return s.noisy(math.Exp2(-math.Min(k, 40)))
	}
	return append(out, rounded, ends)
}

// claim is what is claimed of a model.
func (s *simulation) claim(m model) (Rate, bool) {
	var c Course
	start := m.at(0)
	c.Reset(m.floor/floorMargin, start, start)
	for k := int64(1); k < int64(s.length); k++ {
		gap := m.at(float64(k))
		c.Add(k, k, gap, gap)
	}
	_, rate, ok := c.Rate()
	return rate, ok
}

// judge compares a claim with the law. A number is right within a tenth beyond its interval,
// of a factor its logarithm, of a power within 15 %: an offset that noise hides moves it.
func (m model) judge(r Rate, ok bool) (right, wrong bool) {
	if !ok {
		return m.silent, false
	}
	if m.scale != 0 {
		law, number := m.mixed(r)
		m.laws, m.number = []Law{law}, number
	}
	for i, law := range m.laws {
		if r.Law != law {
			continue
		}
		want, slack := m.number, 0.1
		switch {
		case i > 0 || math.IsNaN(want):
			return true, false
		case law == Linear:
			want = -math.Log(want)
			r.Number = Interval{-math.Log(r.Number.Value), -math.Log(r.Number.High), -math.Log(r.Number.Low)}
		case law == PowerLaw:
			slack = 0.15
		}
		right = r.Number.Low-slack*want <= want && want <= r.Number.High+slack*want
		return right, !right
	}
	return false, true
}

// mixed is the law of a mixture, whose local power is p + k/K: the power where that changes by a
// third at most up to the end of what was fitted, and else the factor to which it tends.
func (m model) mixed(r Rate) (Law, float64) {
	if 3*float64(r.To) <= m.power*m.scale {
		return PowerLaw, m.power
	}
	return Linear, math.Exp(-1 / m.scale)
}

// simulate runs all models at all lengths and levels of noise, and fails unless at most 1 % of
// the claims are wrong, and of the runs of each kind at most 1 % have a wrong one, and at least
// 95 % of the claims that the data carry are made and right.
func simulate(t *testing.T, lengths []float64, rounds int) {
	type tally struct{ runs, claims, wrong, must, kept int }
	kinds := map[string]*tally{}
	for _, length := range lengths {
		for _, sigma := range []float64{0, 0.05, 0.3, 1} {
			for round := range rounds {
				s := &simulation{length, sigma, rand.New(rand.NewPCG(uint64(length), uint64(round)))}
				for _, m := range s.models() {
					rate, ok := s.claim(m)
					right, wrong := m.judge(rate, ok)
					n := kinds[m.kind]
					if n == nil {
						n = new(tally)
						kinds[m.kind] = n
					}
					n.runs++
					if ok {
						n.claims++
					}
					if wrong {
						n.wrong++
						t.Logf("%s %s, length %g, noise %g: %+v", m.kind, m.name, length, sigma, rate)
					}
					if m.must {
						n.must++
						if right && ok {
							n.kept++
						} else {
							t.Logf("%s %s, length %g, noise %g, has no right claim: %+v", m.kind, m.name, length, sigma, rate)
						}
					}
				}
			}
		}
	}
	var all tally
	for kind, n := range kinds {
		t.Logf("%s: %+v", kind, *n)
		all.claims += n.claims
		all.wrong += n.wrong
		if n.wrong*100 > n.runs {
			t.Errorf("%s: in %d of %d runs the claim is wrong", kind, n.wrong, n.runs)
		}
		if n.kept*100 < n.must*95 {
			t.Errorf("%s: %d of %d laws are claimed", kind, n.kept, n.must)
		}
	}
	if all.wrong*100 > all.claims {
		t.Errorf("%d of %d claims are wrong", all.wrong, all.claims)
	}
}

func TestClaims(t *testing.T) { simulate(t, []float64{10, 20, 50, 100, 300, 1000, 5000}, 3) }

func TestSoakClaims(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("GDBENCH_SOAK is not set")
	}
	simulate(t, []float64{10, 15, 20, 35, 50, 75, 100, 200, 300, 600, 1000, 3000, 10_000, 30_000, 100_000}, 40)
}
