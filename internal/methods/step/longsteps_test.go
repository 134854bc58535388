package step

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"testing"
)

// Table 1 of Grimmer 2024: the number of lengths, the longest one, and the certified rate, which is the mean
// length but for rounding. The patterns of more than two lengths read the same backwards.
func TestLongStepsAsPublished(t *testing.T) {
	for pattern, want := range map[string]struct{ longest, rate, below float64 }{
		"2": {2.9, 2.2, 0}, "3": {4.9, 2.63333333, 1e-8}, "7": {12, 3.1999999, 1.1e-7}, "15": {29.7, 3.8599999, 1.1e-7},
		"31": {72.3, 4.6032258, 1e-8}, "63": {164, 5.2253968, 3e-8}, "127": {370, 5.8346303, 1.6e-5},
	} {
		p := (&LongSteps{Pattern: pattern}).Period()
		n, err := strconv.Atoi(pattern)
		if err != nil || len(p.Lengths) != n {
			t.Fatalf("pattern %s has %d lengths", pattern, len(p.Lengths))
		}
		sum := 0.0
		for _, h := range p.Lengths {
			sum += h
		}
		if by := sum/float64(n) - want.rate; by < -1e-12 || by > want.below+1e-12 {
			t.Errorf("pattern %s: the mean length is %.9g above the rate %g", pattern, by, want.rate)
		}
		if c := p.Decrease / float64(n); math.Abs(c-want.rate) > 1e-8 || p.Decrease > sum+1e-12 {
			t.Errorf("pattern %s: a decrease of %.9g a step; expected %g", pattern, c, want.rate)
		}
		back := slices.Clone(p.Lengths)
		slices.Reverse(back)
		if slices.Max(p.Lengths) != want.longest || n > 2 && !slices.Equal(back, p.Lengths) {
			t.Errorf("pattern %s is %v", pattern, p.Lengths)
		}
	}
}

// certificate are multipliers λ + δγ of the inequalities f_i ≥ f_j + g_jᵀ(x_i − x_j) + ‖g_i − g_j‖²/2 between x*
// (number 0) and x_0, …, x_n, for L = D = 1.
type certificate struct{ lambda, gamma [][]string }

// certificates are those of Grimmer for two and three lengths; of two, with η = 1/10.
var certificates = map[string]certificate{
	"2": {
		[][]string{{"0", "0", "0", "0"}, {"0", "0", "1/2", "1/2"}, {"0", "0", "0", "1/2"}, {"0", "0", "0", "0"}},
		[][]string{{"0", "29/10", "59/20", "59/20"}, {"0", "0", "-59/20", "-59/20"}, {"0", "0", "0", "0"}, {"0", "0", "0", "0"}},
	},
	"3": {
		[][]string{{"0", "0", "0", "0", "0"}, {"0", "0", "195/100", "3/1000", "7/1000"}, {"0", "95/100", "0", "1/2", "1/2"},
			{"0", "6/1000", "0", "0", "51/100"}, {"0", "4/1000", "0", "13/1000", "0"}},
		[][]string{{"0", "5/1000", "7825/1000", "39497/10000", "40203/10000"}, {"0", "0", "-524/100", "-10555/1000", "0"},
			{"0", "0", "0", "79/10", "-5315/1000"}, {"0", "0", "0", "0", "12947/10000"}, {"0", "0", "0", "0", "0"}},
	},
}

// With δ = f(x_0) − f* and H = Σh, the multipliers prove f(x_n) − f* ≤ δ − Hδ² if they are not negative, if
// Σ μ_ij(f_i − f_j) = (1 − 2Hδ)(f_0 − f*) − (f_n − f*), and if what remains, a quadratic form in x_0 − x* and
// the gradients, is positive semidefinite. All are affine in δ once x_0 − x* is scaled, so that the ends 0 and
// Reach decide. The arithmetic is exact.
func TestLongStepsAreCertified(t *testing.T) {
	for pattern, c := range certificates {
		p := (&LongSteps{Pattern: pattern}).Period()
		h := make([]*big.Rat, len(p.Lengths))
		for i, v := range p.Lengths {
			h[i] = rational(strconv.FormatFloat(v, 'g', -1, 64))
		}
		reach := rational(strconv.FormatFloat(p.Reach, 'g', -1, 64))
		for _, delta := range []*big.Rat{new(big.Rat), reach} {
			if why := c.fails(h, delta); why != "" {
				t.Errorf("pattern %s, δ = %v: %s", pattern, delta, why)
			}
		}
		if far := rational("1/2"); c.fails(h, far) == "" {
			t.Errorf("pattern %s: δ = 1/2 is certified, where Lx²/2 does not fall so far", pattern)
		}
		longer := slices.Clone(h)
		longer[0] = new(big.Rat).Add(h[0], rational("1/10"))
		if c.fails(longer, reach) == "" {
			t.Errorf("pattern %s: other lengths are certified, too", pattern)
		}
	}
}

func rational(text string) *big.Rat {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return v
}

// fails says what the certificate lacks at δ.
func (c certificate) fails(h []*big.Rat, delta *big.Rat) string {
	n := len(h) + 2
	sum := new(big.Rat)
	for _, v := range h {
		sum.Add(sum, v)
	}
	// Coordinates of x_i and of g_i: the first is that of (x_0 − x*)/δ, which addPair knows, the others those of the
	// gradients.
	x, g := zeros(n, n), zeros(n, n)
	for k := range len(h) + 1 {
		g[k+1][k+1].SetInt64(1)
		for i, v := range h[:k] {
			x[k+1][i+1].Neg(v)
		}
	}
	form, balance := zeros(n, n), zeros(1, n)[0]
	form[0][0].Set(sum)
	for i := range n {
		for j := range n {
			lambda, gamma := rational(c.lambda[i][j]), rational(c.gamma[i][j])
			mu := new(big.Rat).Add(lambda, new(big.Rat).Mul(delta, gamma))
			if mu.Sign() < 0 || i == 0 && lambda.Sign() != 0 {
				return "a multiplier is negative, or a λ of x* not 0"
			}
			balance[i].Add(balance[i], mu)
			balance[j].Sub(balance[j], mu)
			addPair(form, x, g, i, j, mu, gamma)
		}
	}
	expected := zeros(1, n)[0] // of f_1, …; that of f* follows
	expected[1].Sub(big.NewRat(1, 1), new(big.Rat).Mul(big.NewRat(2, 1), new(big.Rat).Mul(sum, delta)))
	expected[n-1].Sub(expected[n-1], big.NewRat(1, 1))
	for i := 1; i < n; i++ {
		if balance[i].Cmp(expected[i]) != 0 {
			return "the values do not balance"
		}
	}
	if !semidefinite(form) {
		return "the quadratic form has a negative eigenvalue"
	}
	return ""
}

// addPair adds μ(g_jᵀ(x_i − x_j) + ‖g_i − g_j‖²/2) to the form. What lies along x_0 − x* is 0 but for the pairs with
// x*, x* − x_j: there δγ_j is divided by δ.
func addPair(form, x, g [][]*big.Rat, i, j int, mu, gamma *big.Rat) {
	half := big.NewRat(1, 2)
	for a := 1; a < len(form); a++ {
		for b := 1; b < len(form); b++ {
			v := new(big.Rat).Mul(g[j][a], new(big.Rat).Sub(x[i][b], x[j][b]))
			v.Add(v, new(big.Rat).Mul(g[j][b], new(big.Rat).Sub(x[i][a], x[j][a])))
			v.Add(v, new(big.Rat).Mul(new(big.Rat).Sub(g[i][a], g[j][a]), new(big.Rat).Sub(g[i][b], g[j][b])))
			form[a][b].Add(form[a][b], v.Mul(v.Mul(v, half), mu))
		}
		if i == 0 {
			form[0][a].Sub(form[0][a], new(big.Rat).Mul(new(big.Rat).Mul(g[j][a], gamma), half))
			form[a][0].Set(form[0][a])
		}
	}
}

func zeros(rows, columns int) [][]*big.Rat {
	out := make([][]*big.Rat, rows)
	for i := range out {
		for range columns {
			out[i] = append(out[i], new(big.Rat))
		}
	}
	return out
}

// semidefinite reports whether a symmetric matrix has no negative eigenvalue, by elimination.
func semidefinite(a [][]*big.Rat) bool {
	for k := range a {
		switch a[k][k].Sign() {
		case -1:
			return false
		case 0:
			for _, v := range a[k][k:] {
				if v.Sign() != 0 {
					return false
				}
			}
			continue
		}
		for i := k + 1; i < len(a); i++ {
			factor := new(big.Rat).Quo(a[i][k], a[k][k])
			for j := k; j < len(a); j++ {
				a[i][j].Sub(a[i][j], new(big.Rat).Mul(factor, a[k][j]))
			}
		}
	}
	return true
}
