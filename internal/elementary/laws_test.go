package elementary

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// same is whether two numbers have the same bits, or are both NaN.
func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// special is whether a number is none that could be rounded.
func special(v float64) bool { return v == 0 || v != v || math.IsInf(v, 0) }

var specials = func() []float64 {
	list := []float64{math.NaN()}
	for _, v := range []float64{
		0, 0x1p-1074, 0x1p-1022, 0x1p-60, 0.5, 1 - 0x1p-53, 1, 1 + 0x1p-52, 1.5, 2, 3, 4, 27, 709, 711, 746, 1024, 1075,
		0x1p53 - 1, 0x1p53, 0x1p54, math.MaxFloat64, math.Inf(1),
	} {
		list = append(list, v, -v)
	}
	return append(list, math.Copysign(0, -1))
}()

// Zeros, infinities and NaN go where they go in package math, and come from where they come
// from there, with their signs.
func TestSpecialCases(t *testing.T) {
	theirs := map[string]func(float64) float64{
		"Exp": math.Exp, "Exp2": math.Exp2, "Expm1": math.Expm1, "Log": math.Log, "Log2": math.Log2, "Log10": math.Log10,
		"Log1p": math.Log1p, "Sin": math.Sin, "Cos": math.Cos, "Tan": math.Tan, "Asin": math.Asin, "Acos": math.Acos,
		"Atan": math.Atan, "Sinh": math.Sinh, "Cosh": math.Cosh, "Tanh": math.Tanh, "Cbrt": math.Cbrt,
	}
	for _, s := range subjects {
		for _, x := range specials {
			got, want := s.of(x), theirs[s.name](x)
			if (special(x) || special(got) || special(want)) && !same(got, want) {
				t.Errorf("%s(%v) = %v, want %v", s.name, x, got, want)
			}
		}
	}
	for _, x := range specials {
		for _, y := range specials {
			if got, want := Pow(x, y), math.Pow(x, y); (special(x) || special(y) || math.Abs(x) == 1 || special(got) || special(want)) && !same(got, want) {
				t.Errorf("Pow(%v, %v) = %v, want %v", x, y, got, want)
			}
			if got, want := Hypot(x, y), math.Hypot(x, y); (special(got) || special(want)) && !same(got, want) {
				t.Errorf("Hypot(%v, %v) = %v, want %v", x, y, got, want)
			}
		}
	}
}

// There is one NaN, whatever went in.
func TestOneNaN(t *testing.T) {
	odd := math.Float64frombits(0xfff8000000001234)
	for _, s := range subjects {
		if got := math.Float64bits(s.of(odd)); got != math.Float64bits(math.NaN()) {
			t.Errorf("%s(NaN) has the bits %#x", s.name, got)
		}
	}
	for _, got := range []float64{Pow(odd, 2), Pow(2, odd), Pow(-2, 0.5), Hypot(odd, 1), Hypot(1, odd)} {
		if math.Float64bits(got) != math.Float64bits(math.NaN()) {
			t.Errorf("a NaN has the bits %#x", math.Float64bits(got))
		}
	}
}

// Results that are numbers are exact.
func TestExactResults(t *testing.T) {
	check := func(name string, got, want float64) {
		if got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	for k := -1074; k < 1024; k++ {
		power := math.Ldexp(1, k)
		check("Log2 of a power of 2", Log2(power), float64(k))
		check("Exp2 of a whole number", Exp2(float64(k)), power)
		check("Pow of 2", Pow(2, float64(k)), power)
	}
	power := 1.0
	for k := range 23 {
		check("Log10 of a power of 10", Log10(power), float64(k))
		check("Pow of 10", Pow(10, float64(k)), power)
		power *= 10
	}
	for k := 1.0; k < 200; k++ {
		check("Cbrt of a cube", Cbrt(-k*k*k), -k)
		check("Hypot of a Pythagorean triple", Hypot(-5*k, 12*k), 13*k)
		check("Pow with exponent 5", Pow(-k, 5), -k*k*k*k*k)
		check("Pow with exponent 1/2", Pow(k*k, 0.5), k)
		check("Pow with exponent 1", Pow(1/k, 1), 1/k)
	}
}

// Odd functions are odd and even ones even, to the bit; Sincos is Sin and Cos.
func TestSymmetries(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	odd := []func(float64) float64{Sin, Tan, Asin, Atan, Sinh, Tanh, Cbrt}
	even := []func(float64) float64{Cos, Cosh}
	for range 20000 {
		x, y := bitPattern(rng), bitPattern(rng)
		for k, f := range odd {
			if !same(f(-x), -f(x)) {
				t.Fatalf("odd function %d at ±%x: %x, %x", k, x, f(x), f(-x))
			}
		}
		for k, f := range even {
			if !same(f(-x), f(x)) {
				t.Fatalf("even function %d at ±%x: %x, %x", k, x, f(x), f(-x))
			}
		}
		if sin, cos := Sincos(x); !same(sin, Sin(x)) || !same(cos, Cos(x)) {
			t.Fatalf("Sincos(%x) = %x, %x, want %x, %x", x, sin, cos, Sin(x), Cos(x))
		}
		if !same(Hypot(x, y), Hypot(-y, x)) {
			t.Fatalf("Hypot(%x, %x) = %x, but %x with the legs exchanged", x, y, Hypot(x, y), Hypot(-y, x))
		}
	}
}

// Increasing functions do not decrease from a number to the next, nor where a cell or a
// case of their reduction ends.
func TestMonotonic(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	borders := []float64{0.125, 0.25, 64, 20, 40, 60, 0x1p-27, 0x1p-54, 1, 2, 8}
	for k := 1.0; k < 130; k++ {
		borders = append(borders, 0.705+k/256, k/128, k*math.Ln2/2, (k+0.5)*math.Ln2/64, math.Float64frombits(logFrom+uint64(k)<<logCellBits))
	}
	for _, f := range []struct {
		name string
		of   func(float64) float64
	}{{"Exp", Exp}, {"Exp2", Exp2}, {"Expm1", Expm1}, {"Log", Log}, {"Log2", Log2}, {"Log10", Log10}, {"Log1p", Log1p}, {"Asin", Asin}, {"Atan", Atan}, {"Sinh", Sinh}, {"Tanh", Tanh}, {"Cbrt", Cbrt}} {
		check := func(x float64) {
			for range 8 {
				next := math.Nextafter(x, math.Inf(1))
				if f.of(x) > f.of(next) {
					t.Errorf("%s(%x) = %x > %s(%x) = %x", f.name, x, f.of(x), f.name, next, f.of(next))
					return
				}
				x = next
			}
		}
		for _, x := range borders {
			start := x
			for range 4 {
				start = math.Nextafter(start, 0)
			}
			check(start)
			check(-start)
		}
		for range 5000 {
			check(bitPattern(rng))
		}
	}
}

// The tables are those that the generator writes.
func TestTablesAreGenerated(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command: ", err)
	}
	out := filepath.Join(t.TempDir(), "tables.go")
	command := exec.Command("go", "run", "./generate", "-out", out)
	command.Env = append(os.Environ(), "GOOS=", "GOARCH=")
	if text, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("tables.go is not what go generate writes")
	}
}
