package prepare_test

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// Sizes are large beside the limits with which the test calls itself: a matrix of large rows and columns
// has more bytes than mostBytes, which vectors and data have room in.
const (
	large       = 2000
	smallLimits = limit.Variable + "=dense=20000,data=400000"
	mostBytes   = 20 << 20
)

// largeProblems are one of vectors, one with layers and one with data.
var largeProblems = []string{
	fmt.Sprintf("{name: quadratic, dim: %d, rotated: true}", large), fmt.Sprintf("{name: mlp, widths: [1, %d]}", large),
	fmt.Sprintf("{name: least-squares, data: {name: regression, samples: 150, features: %d}}", large),
}

// underLimits reports whether the test runs under the small limits; otherwise it is run so.
func underLimits(t *testing.T) bool {
	if os.Getenv(limit.Variable) != "" {
		return true
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.timeout=10m")
	again.Env = append(os.Environ(), smallLimits)
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// written are the ways to write a component: with all of its sizes large, as it is, and with each large.
// Components in it have all of their sizes large.
func written(e *param.Entry, depth int) []string {
	var needed, sizes, ways []string
	for _, f := range e.Fields() {
		if f.Required {
			needed = append(needed, f.Name+": "+some(f))
		}
		switch r := f.Registry(); {
		case r == param.Of[problems.Problem]():
			for _, of := range largeProblems {
				ways = append(ways, f.Name+": "+of)
			}
		case r != nil && depth > 0 && f.Depth() == 0:
			for _, name := range r.Names() {
				inner, _ := r.Lookup(name)
				ways = append(ways, f.Name+": "+written(inner, depth-1)[0])
			}
		case f.Element().Kind() == reflect.Int && f.Depth() == 0:
			sizes = append(sizes, fmt.Sprintf("%s: %d", f.Name, large))
		case f.Element().Kind() == reflect.Int && f.Depth() == 1:
			ways = append(ways, fmt.Sprintf("%s: [%d]", f.Name, large))
		}
	}
	out := []string{with(e.Name, needed, sizes), with(e.Name, needed, nil)}
	for _, way := range append(ways, sizes...) {
		out = append(out, with(e.Name, needed, []string{way}), with(e.Name, needed, append([]string{way}, sizes...)))
	}
	have := map[string]bool{}
	return slices.DeleteFunc(out, func(way string) bool {
		twice := have[way]
		have[way] = true
		return twice
	})
}

// with is a component with settings; the first of a name counts.
func with(name string, needed, settings []string) string {
	all, has := "{name: "+name, map[string]bool{}
	for _, s := range append(settings[:len(settings):len(settings)], needed...) {
		if key, _, _ := strings.Cut(s, ":"); !has[key] {
			all, has[key] = all+", "+s, true
		}
	}
	return all + "}"
}

// some is a value that a field may have.
func some(f *param.Field) string {
	v := "0.5"
	switch r := f.Registry(); {
	case r == param.Of[problems.Problem]():
		v = "sphere"
	case r != nil && r.Has("iris"):
		v = "iris"
	case r != nil:
		v = r.Names()[0]
	case len(f.OneOf) > 0:
		v = f.OneOf[0]
	case f.Type.Kind() == reflect.Int:
		v = "3"
	}
	return strings.Repeat("[", f.Depth()) + v + strings.Repeat("]", f.Depth())
}

// allocated is how many bytes a function allocates, whatever becomes of them.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func read(problem, method string) (*suite.Suite, error) {
	return suite.Read("it.yaml", ".", strings.NewReader("suite: it\nproblems: ["+problem+"]\nmethods: ["+method+"]\n"), nil)
}

// Whatever its sizes, a method begins within the limits on memory or not at all, on vectors, on layers of networks
// and on data.
func TestLargeMethods(t *testing.T) {
	if !underLimits(t) {
		return
	}
	for _, on := range largeProblems {
		s, err := read(on, "fista")
		if err != nil {
			t.Fatal(err)
		}
		b, err := prepare.Problem(s, s.Problems[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range param.Of[methods.Method]().Names() {
			e, err := param.Of[methods.Method]().Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range written(e, 1) {
				if used := allocated(func() { begin(on, text, b) }); used > mostBytes {
					t.Errorf("%.200s on %s takes %d MB", text, on, used>>20)
				}
			}
		}
	}
}

// begin lets a method make its first step, if it can.
func begin(on, method string, b *prepare.Built) {
	s, err := read(on, method)
	if err != nil {
		return
	}
	made, err := prepare.Method(s.Methods[0], b)
	if err != nil {
		return
	}
	o, err := problems.NewOracle(b.Fork(), b.Facts, problems.OracleOptions{Horizon: 10})
	if err != nil {
		return
	}
	n := b.Problem.Dim()
	at := methods.Iterate{Point: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	if m := methods.Unwrap(made); m.Init(o, &at) == nil {
		_ = m.Step(&at)
	}
}
