package statistics

import (
	"math"
	"math/rand/v2"
	"testing"
)

func sampleOf(values ...float64) []Difference {
	out := make([]Difference, len(values))
	for i, v := range values {
		out[i] = Difference{i, v}
	}
	return out
}

// alone is the p-value of one sample, which is that of its mean.
func alone(f *Flips, sample []Difference) float64 { return f.MaxT([][]Difference{sample}, 1)[0] }

// Three blocks have eight patterns: the sums of ±1 ±2 ±4 are −7, −5, …, 7, all different.
func TestFlipsByHand(t *testing.T) {
	f := NewFlips(3)
	for _, c := range []struct {
		sample []float64
		p      float64
	}{
		{[]float64{1, 2, 4}, 1. / 8}, {[]float64{-1, 2, 4}, 2. / 8}, {[]float64{1, 2, -4}, 5. / 8},
		{[]float64{-1, -2, -4}, 1}, {[]float64{1, 1, 1}, 1. / 8}, {[]float64{1, 1, -1}, 4. / 8}, {[]float64{0, 0, 0}, 1},
	} {
		if p := alone(f, sampleOf(c.sample...)); p != c.p {
			t.Errorf("mean of %v: p = %v; expected %v", c.sample, p, c.p)
		}
	}
	if alone(f, nil) != 1 {
		t.Error("nothing speaks against the hypothesis where there are no data")
	}
}

// Flipping a block flips all that lies in it: two differences of opposite sign never move
// the mean.
func TestFlipsTogether(t *testing.T) {
	f := NewFlips(2)
	sample := []Difference{{0, 1}, {0, -1}, {1, 3}}
	if p := alone(f, sample); p != 0.5 {
		t.Errorf("p = %v; expected 1/2, for only block 1 matters", p)
	}
}

// MaxT over samples agrees with an enumeration of the largest statistic.
func TestMaxTByEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const blocks, cells = 6, 4
	samples := make([][]Difference, cells)
	for i := range samples {
		for b := range blocks {
			samples[i] = append(samples[i], Difference{b, rng.NormFloat64() + 0.5*float64(i)})
		}
	}
	statistic := func(i, pattern int) float64 {
		sum, squares := 0.0, 0.0
		for b, d := range samples[i] {
			v := d.Value
			if pattern>>b&1 == 1 {
				v = -v
			}
			sum, squares = sum+v, squares+v*v
		}
		mean := sum / blocks
		return mean / (math.Sqrt((squares-blocks*mean*mean)/(blocks-1)/blocks) + 0.01)
	}
	got := NewFlips(blocks).MaxT(samples, 1)
	worst, before := -1, 0.0
	for range samples { // from the most extreme: over those that are no more extreme
		next := -1
		for i := range samples {
			if (worst < 0 || statistic(i, 0) < statistic(worst, 0)) && (next < 0 || statistic(i, 0) > statistic(next, 0)) {
				next = i
			}
		}
		worst = next
		count := 0
		for pattern := range 1 << blocks {
			largest := math.Inf(-1)
			for i := range samples {
				if statistic(i, 0) <= statistic(worst, 0) {
					largest = math.Max(largest, statistic(i, pattern))
				}
			}
			if largest >= statistic(worst, 0)-1e-12 {
				count++
			}
		}
		before = math.Max(before, float64(count)/(1<<blocks))
		if math.Abs(got[worst]-before) > 1e-15 {
			t.Errorf("sample %d: p = %v; enumerated %v", worst, got[worst], before)
		}
	}
}

// The least p-value does not rise with the number of samples: Holm's would.
func TestMaxTFloor(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	samples := [][]Difference{nil}
	for b := range 10 {
		samples[0] = append(samples[0], Difference{b, 1 + 0.1*rng.NormFloat64()})
	}
	for range 200 {
		var sample []Difference
		for b := range 10 {
			sample = append(sample, Difference{b, 0.01 * rng.NormFloat64()})
		}
		samples = append(samples, sample)
	}
	if p := NewFlips(10).MaxT(samples, 0.02)[0]; p != 1./1024 {
		t.Errorf("p = %v; expected 2⁻¹⁰", p)
	}
}

// A sample of five blocks cannot reach 2%. Whether it has lost or won by however much, the
// others are tested as without it: by hand, ten equal losses have the p-value 2⁻¹⁰.
func TestFewDoNotHideOthers(t *testing.T) {
	const level = 0.02
	of := func(n int, value float64) (sample []Difference) {
		for b := range n {
			sample = append(sample, Difference{b, value})
		}
		return sample
	}
	f := NewFlips(10)
	loss := of(10, 0.7)
	loss[3].Value = 0.6 // a spread, for what is found
	alone := f.MaxTFinds([][]Difference{loss}, level, 0.8)
	for n := range 6 {
		for _, size := range []float64{3, -3} {
			few := append(of(n, size), Difference{9, 0}) // which has no sign
			p := f.MaxT([][]Difference{few, loss}, level)
			if p[1] != 1./1024 {
				t.Errorf("beside %d differences of %v: p = %v; expected 2⁻¹⁰", n, size, p[1])
			}
			if want := math.Ldexp(1, -n); size > 0 && p[0] != want || p[0] < want {
				t.Errorf("%d differences of %v: p = %v; expected %v", n, size, p[0], want)
			}
			if finds := f.MaxTFinds([][]Difference{few, loss}, level, 0.8); finds[1] != alone[0] {
				t.Errorf("beside %d differences of %v: finds %v; alone %v", n, size, finds, alone)
			}
		}
	}
	if p := f.MaxT([][]Difference{of(6, 3), loss}, level); p[1] != 1./64 {
		t.Errorf("six differences reach the level, and are in the way of others: p = %v; expected 2⁻⁶", p[1])
	}
}

// Beyond 14 blocks the patterns are drawn; the p-value agrees with the normal one.
func TestFlipsDrawn(t *testing.T) {
	var sample []Difference
	for b := range 40 {
		sample = append(sample, Difference{b, 0.3 + float64(b%2*2-1)})
	}
	f := NewFlips(40)
	if f.patterns != 1<<14 {
		t.Fatalf("%d patterns", f.patterns)
	}
	deviation := math.Sqrt(40 * (0.5*1.3*1.3 + 0.5*0.7*0.7)) // of the sum under flips
	want := 0.5 * math.Erfc(40*0.3/deviation/math.Sqrt2)
	if p := alone(f, sample); math.Abs(p-want) > 0.006 {
		t.Errorf("p = %v; the normal approximation gives %v", p, want)
	}
}

// What is said to be found with probability 80% is found about so often, the spread being
// estimated anew each time.
func TestFinds(t *testing.T) {
	trials := 400
	if testing.Short() {
		trials = 100
	}
	for _, c := range []struct {
		blocks int
		level  float64
	}{{8, 0.015}, {10, 0.015}, {12, 0.0075}, {30, 0.015}} {
		f := NewFlips(c.blocks)
		rng := rand.New(rand.NewPCG(7, uint64(c.blocks)))
		draw := func(mean float64) []Difference {
			out := make([]Difference, c.blocks)
			for b := range out {
				out[b] = Difference{b, mean + 0.2*rng.NormFloat64()}
			}
			return out
		}
		mean, cell := 0, 0
		for range trials {
			if alone(f, draw(f.MaxTFinds([][]Difference{draw(0)}, c.level, 0.8)[0])) <= c.level {
				mean++
			}
			others := func(first []Difference) [][]Difference {
				return [][]Difference{first, draw(0), draw(0), draw(0), draw(0)}
			}
			if f.MaxT(others(draw(f.MaxTFinds(others(draw(0)), c.level, 0.8)[0])), c.level)[0] <= c.level {
				cell++
			}
		}
		for name, found := range map[string]int{"the mean": mean, "one of five": cell} {
			share := float64(found) / float64(trials)
			t.Logf("%d blocks, level %v, %s: found in %.1f%%", c.blocks, c.level, name, 100*share)
			if math.Abs(share-0.8) > 0.06+0.05*math.Sqrt(400/float64(trials)-1) {
				t.Errorf("%d blocks, level %v, %s: found in %.1f%%; promised 80%%", c.blocks, c.level, name, 100*share)
			}
		}
	}
	if got := NewFlips(6).MaxTFinds([][]Difference{sampleOf(1, 2, 3, 4, 5, 6)}, 0.015, 0.8)[0]; !math.IsInf(got, 1) {
		t.Errorf("six blocks find %v; they can find nothing at 1.5%%, as 2⁻⁶ is more", got)
	}
}
