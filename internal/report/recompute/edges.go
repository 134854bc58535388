package recompute

import (
	"math"
	"slices"
)

// grids counts the grids of learning rates, of settings that differ in nothing else, and those whose
// best rate is the first or the last: better than every other.
func (d *data) grids() (edges, of int) {
	for _, p := range d.problems {
		grids := map[string][]*setting{}
		most := p.most()
		for _, s := range p.settings {
			if s.rate > 0 && !s.skipped() {
				grids[s.grid] = append(grids[s.grid], s)
			}
		}
		for _, grid := range grids {
			rates := map[float64]bool{}
			best := grid[0]
			for _, s := range grid {
				rates[s.rate] = true
				if p.better(d.goals, s, best, most) {
					best = s
				}
			}
			if len(rates) < 3 {
				continue
			}
			of++
			last := !slices.ContainsFunc(grid, func(s *setting) bool { return s.rate > best.rate })
			first := !slices.ContainsFunc(grid, func(s *setting) bool { return s.rate < best.rate })
			equal := slices.ContainsFunc(grid, func(s *setting) bool { return s.rate != best.rate && !p.better(d.goals, best, s, most) })
			if (first || last) && !equal {
				edges++
			}
		}
	}
	return edges, of
}

// most is the largest cost of a run on the problem.
func (p *problem) most() float64 {
	most := 0.0
	for _, s := range p.settings {
		for _, r := range s.runs {
			most = math.Max(most, r.passes(r.Counts, float64(r.Variables)))
		}
	}
	return most
}

// better compares by the mean logarithm of the work, which is half a pass at least, and a miss at ten
// times the most; where that is the same and neither arrives, by the median of the final gaps.
func (p *problem) better(goals []goal, s, t *setting, most float64) bool {
	a, reached := p.work(goals, s, most)
	b, also := p.work(goals, t, most)
	if math.Abs(a-b) > 1e-10*math.Abs(a) { // beyond what the order of a sum makes
		return a < b
	}
	return !reached && (also || s.gap() < t.gap()*(1-1e-10))
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
	if n == 0 {
		return 0, false
	}
	return mean / float64(n), reached
}

// gap is the median of the final gaps, or values where f* is unknown.
func (s *setting) gap() float64 {
	var gaps []float64
	for _, r := range s.runs {
		switch {
		case r.Status == "skipped":
		case r.Status == "diverged" || r.Status == "failed":
			gaps = append(gaps, math.Inf(1))
		case r.Final.Gap != nil:
			gaps = append(gaps, *r.Final.Gap)
		case r.Final.Value != nil:
			gaps = append(gaps, *r.Final.Value)
		default:
			gaps = append(gaps, math.Inf(1))
		}
	}
	return middle(gaps)
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

// exponential is e to the power of a number, by the series of what is left of it without powers of 2.
func exponential(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case math.IsInf(x, -1):
		return 0
	}
	k := math.Round(x / math.Ln2)
	r := x - float64(k*math.Ln2) // between −0.35 and 0.35
	sum, power := 1.0, 1.0
	for i := 1.0; i < 20; i++ {
		power *= r / i
		sum += power
	}
	return math.Ldexp(sum, int(k))
}
