package elementary

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// sameBits are digests of results, the same on every processor. A change of a function
// changes its digest; nothing else may.
var sameBits = map[string]uint64{
	"Hypot": 0xd39d55caa98d2dd5,
	"Pow":   0x0ad4d36996a9059b,
	"Cbrt":  0xd9ade01da113185b,
	"Tanh":  0x9aaf2d96a2ee1dc8,
	"Cosh":  0xb65154bfc469ab75,
	"Sinh":  0x6ff25ea2466cb9d7,
	"Atan":  0x31fa15760d5e7e71,
	"Acos":  0x753392f5a58fbe96,
	"Asin":  0xbeef6dcc1ee8051f,
	"Tan":   0xeee2c95fd314de01,
	"Cos":   0x99dd71b9ad222f25,
	"Sin":   0x58afbdea37835571,
	"Log1p": 0xf61439951c0b1f3e,
	"Log10": 0x987a613aefc330b0,
	"Log2":  0xb60c16b72110fd2d,
	"Log":   0xde6bba48824a8b72,
	"Expm1": 0x1e15922884845de6,
	"Exp2":  0x17c0d73d9eca82cb,
	"Exp":   0xcff4666c266848dd,
}

// bitPattern draws any number at all, or one of ordinary size.
func bitPattern(rng *rand.Rand) float64 {
	bits := rng.Uint64()
	switch rng.IntN(3) {
	case 0:
		return math.Float64frombits(bits)
	case 1: // between 2⁻¹⁶ and 2¹⁶
		return math.Float64frombits(bits&^(0x7ff<<52) | uint64(1023-16+rng.IntN(32))<<52)
	}
	return math.Float64frombits(bits&(1<<52-1)|1023<<52) - 1.5
}

// The digests are checked wherever the tests run: natively, for 386, under Node for
// js/wasm, and for arm64 under qemu.
func TestSameBits(t *testing.T) {
	check := func(name string, of func(*rand.Rand) float64) {
		rng := rand.New(rand.NewPCG(13, 14))
		sum := fnv.New64a()
		var b [8]byte
		for range 20000 {
			bits := math.Float64bits(of(rng))
			for k := range b {
				b[k] = byte(bits >> (8 * k))
			}
			sum.Write(b[:])
		}
		if got := sum.Sum64(); got != sameBits[name] {
			t.Errorf("%q: %#016x, want %#016x", name, got, sameBits[name])
		}
	}
	for _, s := range subjects {
		check(s.name, func(rng *rand.Rand) float64 { return s.of(bitPattern(rng)) })
	}
	check("Pow", func(rng *rand.Rand) float64 { return Pow(math.Abs(bitPattern(rng)), bitPattern(rng)) })
	check("Hypot", func(rng *rand.Rand) float64 { return Hypot(bitPattern(rng), bitPattern(rng)) })
}

var (
	arm64Fused = regexp.MustCompile(`(?m)\sFN?M(?:ADD|SUB)[DS]\s.*$`)
	amd64Fused = regexp.MustCompile(`(?m)\sVFN?M(?:ADD|SUB)\w*\s.*$`)
)

// No compiler fuses an operation here: the assembly it writes for arm64, and for amd64 with
// fused operations allowed, has none. That of a package with a deliberate one has.
func TestNothingIsFused(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command: ", err)
	}
	for _, c := range []struct {
		name, environment string
		fused             *regexp.Regexp
	}{{"arm64", "GOARCH=arm64", arm64Fused}, {"amd64", "GOAMD64=v3", amd64Fused}} {
		t.Run(c.name, func(t *testing.T) {
			assembly := func(dir string) string {
				command := exec.Command("go", "build", "-gcflags=-S", ".")
				command.Dir = dir
				command.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "GOFLAGS=-buildvcs=false", c.environment)
				out, err := command.CombinedOutput()
				if err != nil {
					t.Fatalf("building %s: %v\n%s", dir, err, out)
				}
				return string(out)
			}
			if c.fused.FindString(assembly(filepath.Join("testdata", "fused"))) == "" {
				t.Error("a deliberate fused operation is not found")
			}
			if found := c.fused.FindAllString(assembly("."), 5); found != nil {
				t.Errorf("fused operations: %q", found)
			}
		})
	}
}
