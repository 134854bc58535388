package house

import (
	"bufio"
	"go/ast"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Results have the same bits on every processor. What follows tests what that needs: no
// function whose last bit depends on the processor, and no product fused into a sum.

// pixels are the packages of which only pictures depend, and those that make none of the
// results: programs that compare speeds, examples of foreign code, tests' own data.
var pixels = []string{
	"internal/report/draw", "internal/report/plots", "bench/", "examples/",
	"internal/methods/methodtest", "internal/problems/separable/separabletest",
	"internal/methods/peers",  // gonum's methods as they are
	"internal/problems/check", // verdicts with a tolerance
}

func drawsOnly(pkg string) bool {
	return slices.ContainsFunc(pixels, func(p string) bool { return strings.HasPrefix(pkg+"/", strings.TrimSuffix(p, "/")+"/") })
}

// exactMath are the functions of package math that are rounded correctly, or not at all, on
// every processor.
var exactMath = map[string]bool{
	"Abs": true, "Ceil": true, "Copysign": true, "Float64bits": true, "Float64frombits": true, "Float32frombits": true, "Floor": true,
	"Frexp": true, "Inf": true, "IsInf": true, "IsNaN": true, "Ldexp": true, "Max": true, "Min": true, "Mod": true,
	"Modf": true, "NaN": true, "Nextafter": true, "Pow10": true, "Round": true, "RoundToEven": true, "Signbit": true,
	"Sqrt": true, "Trunc": true,
}

// inexact is what a selection from an imported package is not to be, and why; "" if it may.
func inexact(imported, name string) string {
	switch imported {
	case "math":
		if !exactMath[name] && !strings.HasPrefix(name, "Max") && !strings.HasPrefix(name, "Min") && !constants[name] &&
			!strings.HasPrefix(name, "Smallest") {
			return "take it from internal/elementary"
		}
	case "gonum.org/v1/gonum/mat":
		if !containers[name] {
			return "take it from internal/linalg or internal/vec"
		}
	case "gonum.org/v1/gonum/floats", "gonum.org/v1/gonum/stat", "gonum.org/v1/gonum/stat/distuv", "gonum.org/v1/gonum/stat/combin",
		"gonum.org/v1/gonum/mathext", "gonum.org/v1/gonum/lapack/lapack64":
		return "take it from internal/probability or internal/vec"
	case "gonum.org/v1/gonum/blas/blas64":
		if name != "General" && name != "Symmetric" {
			return "take it from internal/linalg or internal/simd"
		}
	}
	return ""
}

var constants = map[string]bool{"Pi": true, "E": true, "Phi": true, "Sqrt2": true, "SqrtE": true, "SqrtPi": true, "SqrtPhi": true,
	"Ln2": true, "Ln10": true, "Log2E": true, "Log10E": true}

// containers are the names of package mat that hold or compare numbers and compute none.
var containers = map[string]bool{"Dense": true, "NewDense": true, "SymDense": true, "NewSymDense": true, "VecDense": true,
	"NewVecDense": true, "Matrix": true, "Symmetric": true, "Vector": true, "MutableSymmetric": true, "TriDense": true, "NewTriDense": true,
	"Col": true, "Row": true, "DenseCopyOf": true, "Equal": true, "Max": true, "Min": true}

// fusing are methods of mat's containers whose order of sums depends on the processor, and the
// deviates of math/rand/v2 that do. No other code uses these names, except for numbers of
// package big.
var fusing = []string{"NormFloat64", "ExpFloat64", "MulVec", "SolveVec", "AddScaledVec", "SymRankOne", "SymRankK", "SymOuterK", "RankTwo",
	"RankOne", "MulElemVec", "InverseTo", "SolveTo"}

func TestFunctionsHaveTheSameBits(t *testing.T) {
	set, all := files(t)
	for _, f := range all {
		if drawsOnly(path.Dir(f.path)) {
			continue
		}
		imported := map[string]string{}
		for _, i := range f.Imports {
			p := strings.Trim(i.Path.Value, `"`)
			name := path.Base(p)
			if i.Name != nil {
				name = i.Name.Name
			}
			imported[name] = p
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Obj == nil {
				if why := inexact(imported[x.Name], s.Sel.Name); why != "" {
					t.Errorf("%s: %s.%s depends on the processor: %s", set.Position(s.Pos()), x.Name, s.Sel.Name, why)
				}
			}
			if slices.Contains(fusing, s.Sel.Name) {
				t.Errorf("%s: %s depends on the processor: write it in a fixed order, or with internal/random", set.Position(s.Pos()), s.Sel.Name)
			}
			return true
		})
	}
}

// mayFuse are the packages of the binary with fused operations on which no result depends:
// pictures and their fonts, the writer and compression of exported tables, the runtime, gonum's optimize for the peers with the linear
// algebra below it, and package math, which TestFunctionsHaveTheSameBits watches.
var mayFuse = []string{
	module + "/internal/report/draw", module + "/internal/report/plots",
	"gonum.org/v1/plot", "gonum.org/v1/gonum", "codeberg.org/go-pdf", "git.sr.ht/~sbinet", "golang.org/x/image",
	"github.com/golang/freetype", "github.com/montanaflynn/stats", "github.com/schollz/progressbar", "github.com/xrash/smetrics",
	"github.com/parquet-go/parquet-go", "github.com/andybalholm/brotli", "github.com/klauspost/compress", "github.com/twpayne/go-geom",
	"gopkg.in/yaml", "math", "math/rand", "math/rand/v2", "runtime", "time", "internal", "github.com/chromedp", "image",
}

// fusions are the functions, with lines, of a program for arm64 that use a fused operation,
// apart from those that may.
func fusions(t *testing.T, program string) []string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "binary")
	build := exec.Command("go", "build", "-o", binary, program)
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm64", "GOFLAGS=-buildvcs=false")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", program, err, out)
	}
	dump := exec.Command("go", "tool", "objdump", binary)
	text, err := dump.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := dump.Start(); err != nil {
		t.Fatal(err)
	}
	found, _ := fusedIn(t, text, dumped)
	if err := dump.Wait(); err != nil {
		t.Fatal(err)
	}
	return found
}

// dumped is the name of the function that begins with a line of objdump.
func dumped(line string) (function string, ok bool) {
	head, ok := strings.CutPrefix(line, "TEXT ")
	head, _, _ = strings.Cut(head, "(SB)")
	return head, ok
}

// fusedIn reads assembly, in which begins finds the lines where a function begins.
func fusedIn(t *testing.T, text io.Reader, begins func(string) (string, bool)) (found []string, functions int) {
	t.Helper()
	allowed, function := false, ""
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := begins(line); ok {
			functions++
			function, allowed = name, slices.ContainsFunc(mayFuse, func(p string) bool {
				rest, ours := strings.CutPrefix(name, p)
				return ours && strings.ContainsAny(rest[:min(1, len(rest))], "./%")
			})
		} else if !allowed && fused.MatchString(line) {
			found = append(found, function+" "+position.FindString(line))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return slices.Compact(found), functions
}

var position = regexp.MustCompile(`[\w.]+\.go:\d+`)

var fused = regexp.MustCompile(`\s(?:FN?M(?:ADD|SUB)[SD]|VFN?M(?:ADD|SUB)\w+)\s`)

// No fused operation decides a result, on a processor that has them. A program with a
// deliberate one is found out. The compiler fuses for amd64, from GOAMD64=v3 on, what it fuses
// for arm64; see also internal/elementary.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command for another processor")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command: ", err)
	}
	if found := fusions(t, "./testdata/fused"); len(found) != 1 || !strings.HasPrefix(found[0], "main.loss ") {
		t.Errorf("in a program with one fused operation, in main.loss, %q were found", found)
	}
	if found := fusions(t, "../../cmd/gdbench"); len(found) > 0 {
		t.Errorf("fused operations, to be written as float64(x*y) + z:\n%s", strings.Join(found, "\n"))
	}
}

// The same for amd64 with fused operations allowed, from the assembly of the packages of ours,
// which the compiler writes for the whole command at once.
func TestSoakNothingIsFusedOnAMD64(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("GDBENCH_SOAK is not set")
	}
	assembly := exec.Command("go", "build", "-o", os.DevNull, "-gcflags="+module+"/...=-S", "../../cmd/gdbench")
	assembly.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64", "GOAMD64=v3", "GOFLAGS=-buildvcs=false")
	text, err := assembly.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := assembly.Start(); err != nil {
		t.Fatal(err)
	}
	found, seen := fusedIn(t, text, func(line string) (string, bool) {
		name, _, ok := strings.Cut(line, " STEXT")
		return name, ok
	})
	if err := assembly.Wait(); err != nil {
		t.Fatal(err)
	}
	if seen < 1000 {
		t.Errorf("only %d functions were seen", seen)
	}
	if len(found) > 0 {
		t.Errorf("fused operations, to be written as float64(x*y) + z:\n%s", strings.Join(found, "\n"))
	}
}

// A test of fusedIn on lines as the two tools write them.
func TestFusedIn(t *testing.T) {
	const dump = "TEXT main.a(SB) /x/a.go\n  a.go:3\t0x10\t1f420c20\tFMADDD F2, F3, F1, F0\t\n  a.go:4\t0x14\t1e620820\tFMULD F2, F1, F0\n" +
		"TEXT math.exp(SB) /x/exp.go\n  exp.go:3\t0x10\t1f420c20\tFNMSUBD F2, F3, F1, F0\t\n"
	if found, seen := fusedIn(t, strings.NewReader(dump), dumped); !slices.Equal(found, []string{"main.a a.go:3"}) || seen != 2 {
		t.Errorf("%q in %d functions", found, seen)
	}
}
