package recompute

import "math"

// grids counts the grids of learning rates, one for each method on each problem, and those whose
// best rate is the first or the last.
func (d *data) grids() (edges, of int) {
	for _, p := range d.problems {
		most := 0.0
		for _, s := range p.settings {
			for _, r := range s.runs {
				most = math.Max(most, r.passes(r.Counts, float64(r.Variables)))
			}
		}
		for _, grid := range p.grids {
			low, high, rates := math.Inf(1), math.Inf(-1), map[float64]bool{}
			var best *setting
			for _, s := range grid {
				if s.rate <= 0 || s.skipped() {
					continue
				}
				rates[s.rate] = true
				low, high = math.Min(low, s.rate), math.Max(high, s.rate)
				if best == nil || p.better(d.goals, s, best, most) {
					best = s
				}
			}
			if len(rates) < 3 {
				continue
			}
			of++
			inside := false // a rate that is as good
			for _, s := range grid {
				inside = inside || s.rate > low && s.rate < high && !p.better(d.goals, best, s, most)
			}
			if (best.rate == low || best.rate == high) && !inside {
				edges++
			}
		}
	}
	return edges, of
}

// better compares by the mean logarithm of the work, which is half a pass at least, and a miss at ten times the most; by the final gaps
// where neither arrives.
func (p *problem) better(goals []goal, s, t *setting, most float64) bool {
	a, reached := p.work(goals, s, most)
	b, also := p.work(goals, t, most)
	if !reached && !also {
		return s.gap() < t.gap()
	}
	return a < b
}

func (p *problem) work(goals []goal, s *setting, most float64) (mean float64, reached bool) {
	n := 0
	for _, r := range s.runs {
		for _, g := range goals {
			c, measurable := r.cost(g, false)
			if !measurable {
				continue
			}
			if math.IsInf(c, 1) {
				c = 10 * most
			} else {
				reached = true
			}
			n++
			mean += logarithm(math.Max(c, 0.5))
		}
	}
	return mean / float64(n), reached
}

func (s *setting) gap() float64 {
	sum := 0.0
	for _, r := range s.runs {
		if r.Final.Gap == nil {
			return math.Inf(1)
		}
		sum += *r.Final.Gap
	}
	return sum / float64(len(s.runs))
}

// logarithm is that of a positive number, by the series of 2·artanh((m − 1)/(m + 1)) for its mantissa
// m: math.Log depends on the processor.
func logarithm(x float64) float64 {
	m, exponent := math.Frexp(x)
	z := (m - 1) / (m + 1) // between −1/3 and 0
	sum, power := 0.0, z
	for k := 1.0; k < 41; k += 2 {
		sum += power / k
		power *= z * z
	}
	return float64(float64(exponent)*math.Ln2) + 2*sum
}
