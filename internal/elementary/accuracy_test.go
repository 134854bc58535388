package elementary

import (
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary/exact"
)

// A subject is a function of one number with what it is tested against and where.
type subject struct {
	name  string
	of    func(float64) float64
	exact func(*big.Float) *big.Float
	draw  func(*rand.Rand) float64
	edges []float64
	most  float64 // units in the last place: what the worst roundings add up to, near what a soak finds
}

// everySize draws numbers whose logarithms are spread evenly between 2ᵃ and 2ᵇ, of both signs.
func everySize(a, b int) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 {
		x := math.Ldexp(1+rng.Float64(), a+rng.IntN(b-a))
		if rng.IntN(2) == 0 {
			return -x
		}
		return x
	}
}

func positive(draw func(*rand.Rand) float64) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 { return math.Abs(draw(rng)) }
}

// either draws from one of several.
func either(draws ...func(*rand.Rand) float64) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 { return draws[rng.IntN(len(draws))](rng) }
}

// within draws evenly from an interval.
func within(a, b float64) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 { return a + (b-a)*rng.Float64() }
}

// nearMultiples draws the numbers around multiples of a step.
func nearMultiples(step float64, most int) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 {
		x := step * float64(rng.IntN(2*most)-most)
		for range rng.IntN(4) {
			x = math.Nextafter(x, math.Inf(1-2*rng.IntN(2)))
		}
		return x
	}
}

var one, two = exact.Of(1), exact.Of(2)

func exactHyperbolic(sign float64) func(*big.Float) *big.Float {
	return func(x *big.Float) *big.Float {
		e := exact.Exp(x)
		return exact.Scale(exact.Add(e, exact.Quo(exact.Of(sign), e)), -1)
	}
}

func exactSinh(x *big.Float) *big.Float {
	if x.Sign() < 0 { // where the quotient would cancel
		negative := exactSinh(exact.Sub(exact.Of(0), x))
		return negative.Neg(negative)
	}
	t := exact.Expm1(x)
	return exact.Scale(exact.Add(t, exact.Quo(t, exact.Add(t, one))), -1)
}

func exactTanh(x *big.Float) *big.Float {
	t := exact.Expm1(exact.Scale(x, 1))
	return exact.Quo(t, exact.Add(t, two))
}

func exactSin(x *big.Float) *big.Float { s, _ := exact.SinCos(x); return s }
func exactCos(x *big.Float) *big.Float { _, c := exact.SinCos(x); return c }
func exactTan(x *big.Float) *big.Float { s, c := exact.SinCos(x); return exact.Quo(s, c) }

func exactLog1p(x *big.Float) *big.Float {
	if x.MantExp(nil) < -70 { // x − x²/2 + x³/3
		square := exact.Mul(x, x)
		cube := exact.Quo(exact.Mul(square, x), exact.Of(3))
		return exact.Add(exact.Sub(x, exact.Scale(square, -1)), cube)
	}
	return exact.Log(exact.Add(one, x))
}

func exactAsin(x *big.Float) *big.Float {
	return exact.Atan(exact.Quo(x, exact.Sqrt(exact.Sub(one, exact.Mul(x, x)))))
}

func exactAcos(x *big.Float) *big.Float {
	return exact.Scale(exact.Atan(exact.Sqrt(exact.Quo(exact.Sub(one, x), exact.Add(one, x)))), 1)
}

// exactCbrt improves the root of the nearest number by Newton's method.
func exactCbrt(x *big.Float) *big.Float {
	m := exact.Of(0)
	k := x.MantExp(m)
	for k%3 != 0 {
		m, k = exact.Scale(m, -1), k+1
	}
	near, _ := m.Float64()
	t := exact.Of(math.Cbrt(near))
	for range 4 {
		cube := exact.Mul(exact.Mul(t, t), t)
		t = exact.Sub(t, exact.Quo(exact.Sub(cube, m), exact.Mul(exact.Of(3), exact.Mul(t, t))))
	}
	return exact.Scale(t, k/3)
}

func logTo(base *big.Float) func(*big.Float) *big.Float {
	unit := exact.Log(base)
	return func(x *big.Float) *big.Float { return exact.Quo(exact.Log(x), unit) }
}

func exactExp2(x *big.Float) *big.Float { return exact.Exp(exact.Mul(x, exact.Ln2)) }

var (
	tiny      = []float64{0x1p-1074, 0x1.8p-1030, 0x1p-1022, 0x1p-300, 0x1p-60, 0x1p-53, 0x1p-27, 0x1.8p-28}
	angles    = either(everySize(-40, 10), everySize(-30, 1023), nearMultiples(math.Pi/4, 1<<22), nearMultiples(math.Pi/2, 1000), within(-20, 20))
	positives = either(positive(everySize(-1074, 1023)), within(0.5, 2), within(0.98, 1.02), positive(everySize(-3, 3)))
	exponents = either(within(-745, 709.7), within(-2, 2), everySize(-60, 8), nearMultiples(math.Ln2/2, 900))
)

// hardAngles come near to multiples of π/2: the nearest of all numbers is the first
// (Muller, Elementary Functions, 3rd ed., table 11.1: 6381956970095103·2⁷⁹⁷).
var hardAngles = []float64{
	6381956970095103 * 0x1p797, 0x1.6ac5b262ca1ffp849, math.MaxFloat64, 1e22, 1e300, 0x1p20, 0x1.fffffffffffffp19,
	0x1.921fb54442d18p0, 0x1.921fb54442d18p1, 0x1.921fb54442d18p-1, 0x1.921fb54442d19p-1, 0x1p1023, 884279719003555.0 / 2,
}

var subjects = []subject{
	{"Exp", Exp, exact.Exp, exponents, []float64{709.782712893384, -745.1332191019411, -708.5, -709, -740, 0x1p-60, 0.5 * math.Ln2}, 0.85},
	{"Exp2", Exp2, exactExp2, either(within(-1074, 1023.9), within(-2, 2), everySize(-60, 9)), []float64{1023.9999999999999, -1074, -1074.5, -1022.5, 0.5, 10}, 0.8},
	{"Expm1", Expm1, exact.Expm1, either(exponents, within(-0.5, 0.5)), tiny, 0.75},
	{"Log", Log, exact.Log, positives, append([]float64{math.MaxFloat64, 0.705, 1.41, 1.001953125, 0.998046875}, tiny...), 0.55},
	{"Log2", Log2, logTo(two), positives, append([]float64{8, 0.125}, tiny...), 0.55},
	{"Log10", Log10, logTo(exact.Of(10)), positives, append([]float64{1e22, 1000}, tiny...), 0.55},
	{"Log1p", Log1p, exactLog1p, either(within(-0.999, 3), everySize(-70, 0), positive(everySize(-70, 1023)), nearMultiples(0x1p-8, 250)), append([]float64{-1 + 0x1p-53, -0.5, 0x1p54}, tiny...), 0.55},
	{"Sin", Sin, exactSin, angles, append(hardAngles, tiny...), 0.85},
	{"Cos", Cos, exactCos, angles, append(hardAngles, tiny...), 0.85},
	{"Tan", Tan, exactTan, angles, append(hardAngles, tiny...), 0.65},
	{"Asin", Asin, exactAsin, either(within(-1, 1), everySize(-40, 0), nearMultiples(0x1p-7, 127)), tiny, 0.6},
	{"Acos", Acos, exactAcos, either(within(-1, 1), everySize(-40, 0), nearMultiples(0x1p-7, 127)), tiny, 0.6},
	{"Atan", Atan, exact.Atan, either(everySize(-40, 60), within(-2, 2), everySize(-1074, 1023), nearMultiples(1.0/128, 1024)), tiny, 0.6},
	{"Sinh", Sinh, exactSinh, either(within(-710, 710), within(-50, 50), everySize(-40, 3)), append([]float64{710.4758600739439}, tiny...), 0.8},
	{"Cosh", Cosh, exactHyperbolic(1), either(within(-710, 710), within(-50, 50), everySize(-40, 3)), append([]float64{710.4758600739439}, tiny...), 0.55},
	{"Tanh", Tanh, exactTanh, either(within(-25, 25), everySize(-40, 5)), tiny, 0.8},
	{"Cbrt", Cbrt, exactCbrt, either(everySize(-1074, 1023), within(-8, 8)), append([]float64{27, 1e300, math.MaxFloat64}, tiny...), 0.55},
}

// units is how far a number is from an exact one, in units of the last place of the latter.
func units(got float64, want *big.Float) float64 {
	exponent := max(want.MantExp(nil)-53, -1074)
	if math.IsInf(got, 0) && want.MantExp(nil) > 1024 {
		return 0 // it overflows
	}
	off, _ := exact.Scale(exact.Sub(want, exact.Of(got)), -exponent).Float64()
	return math.Abs(off)
}

// samples is how many numbers are drawn: more in a soak.
func samples(n int) int {
	if os.Getenv("GDBENCH_SOAK") != "" {
		return 40 * n
	}
	return n
}

// Every function is right to less than a unit in the last place, wherever it is not special.
func TestSoakFunctionsAreRight(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			n, worst, at := samples(1200), 0.0, 0.0
			check := func(x float64) {
				if off := units(s.of(x), s.exact(exact.Of(x))); off > worst {
					worst, at = off, x
				}
			}
			for _, x := range s.edges {
				check(x)
			}
			for range n {
				check(s.draw(rng))
			}
			t.Logf("off by at most %.4f units in the last place, at %x", worst, at)
			if !(worst <= s.most) {
				t.Errorf("%s(%x) = %x is off by %.3f units in the last place, more than %v", s.name, at, s.of(at), worst, s.most)
			}
		})
	}
}

// Powers over the whole range of results, with exponents of all sizes.
func TestSoakPowIsRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var worst, atX, atY float64
	check := func(x, y float64) {
		want := exact.Exp(exact.Mul(exact.Log(exact.Of(x)), exact.Of(y)))
		if off := units(Pow(x, y), want); off > worst {
			worst, atX, atY = off, x, y
		}
	}
	for range samples(1500) {
		x := positives(rng)
		if x == 1 {
			continue
		}
		check(x, within(-745, 709.7)(rng)/math.Log(x))
		check(x, everySize(-20, 4)(rng)*min(1, 700/math.Abs(16*math.Log(x))))
		check(1+math.Ldexp(rng.Float64()-0.5, -rng.IntN(50)), float64(rng.IntN(2000)-1000))
	}
	for _, c := range [][2]float64{{10, 308}, {10, -308}, {2, -1074}, {2, 1023}, {0x1p-1074, 0.5}, {math.MaxFloat64, 1}, {1 + 0x1p-52, 0x1p58}, {1 - 0x1p-53, 0x1p58}, {3, 40}, {0x1p-1074, -0.999}} {
		check(c[0], c[1])
	}
	t.Logf("off by at most %.4f units in the last place, at %x, %x", worst, atX, atY)
	if !(worst <= 0.8) {
		t.Errorf("Pow(%x, %x) = %x is off by %.3f units in the last place", atX, atY, Pow(atX, atY), worst)
	}
}

// Lengths of all sizes, of legs that are alike and that are not.
func TestSoakHypotIsRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var worst, atX, atY float64
	check := func(x, y float64) {
		want := exact.Sqrt(exact.Add(exact.Mul(exact.Of(x), exact.Of(x)), exact.Mul(exact.Of(y), exact.Of(y))))
		if off := units(Hypot(x, y), want); off > worst {
			worst, atX, atY = off, x, y
		}
	}
	for range samples(5000) {
		check(within(-2, 2)(rng), everySize(-30, 2)(rng))
		x := everySize(-1060, 1000)(rng)
		check(x, x*everySize(-60, 20)(rng))
		check(everySize(-1074, -1000)(rng), everySize(-1074, -1000)(rng))
	}
	for _, c := range [][2]float64{{3, 4}, {math.MaxFloat64, 1}, {0x1p1023, 0x1p1023}, {0x1p-1074, 0x1p-1074}, {0x1p500, 0x1p500}, {0x1p-450, 0x1p-450}} {
		check(c[0], c[1])
	}
	t.Logf("off by at most %.4f units in the last place, at %x, %x", worst, atX, atY)
	if !(worst <= 0.9) {
		t.Errorf("Hypot(%x, %x) = %x is off by %.3f units in the last place", atX, atY, Hypot(atX, atY), worst)
	}
}
