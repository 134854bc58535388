package wrap_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
)

// reference is what testdata/reference.py computes.
type reference struct {
	Schedules map[string][]float64
	Runs      []struct {
		Method, Wrap, Schedule string
		X                      [][]float64
	}
}

func readReference(t *testing.T) reference {
	t.Helper()
	text, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// part is a schedule or a wrapper as a suite writes it.
func part[T any](t *testing.T, registry *param.Registry, n *yaml.Node) T {
	t.Helper()
	spec, err := registry.Only("test", n, nil)
	if err != nil {
		t.Fatal(err)
	}
	built, err := spec.New()
	if err != nil {
		t.Fatal(err)
	}
	return built.(T)
}

func node(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	return document.Content[0]
}

// around is a wrapped method.
func around(t *testing.T, p problems.Problem, method, schedule, wrappers string) methods.Method {
	t.Helper()
	component, err := methodtest.Component(method, p)
	if err != nil {
		t.Fatal(err)
	}
	var s wrap.Schedule
	if schedule != "" {
		s = part[wrap.Schedule](t, wrap.ScheduleRegistry, node(t, schedule))
	}
	var list []wrap.Wrapper
	if wrappers != "" {
		for _, n := range node(t, wrappers).Content {
			list = append(list, part[wrap.Wrapper](t, wrap.Registry, n))
		}
	}
	return methods.Unwrap(wrap.Around(component, s, list))
}

// Factors are those of PyTorch's schedulers, where it has them, otherwise written from the
// papers.
func TestSchedules(t *testing.T) {
	r := readReference(t)
	seen := map[string]bool{}
	for text, want := range r.Schedules {
		s := part[wrap.Schedule](t, wrap.ScheduleRegistry, node(t, text))
		seen[strings.Trim(strings.SplitN(text, ",", 2)[0], "{ ")] = true
		for k, factor := range want {
			if got := s.Factor(k, len(want)); math.Abs(got-factor) > 1e-14 {
				t.Errorf("%s: the factor of iteration %d is %.17g; expected %.17g", text, k, got, factor)
			}
		}
	}
	for _, name := range wrap.ScheduleRegistry.Names() {
		if !seen[name] && !seen["name: "+name] {
			t.Errorf("the schedule %s is compared with nothing", name)
		}
	}
}

// A horizon of one iteration, or fewer than a part of a schedule takes, gives finite factors.
func TestShortHorizons(t *testing.T) {
	for _, name := range wrap.ScheduleRegistry.Names() {
		s := part[wrap.Schedule](t, wrap.ScheduleRegistry, node(t, name))
		for horizon := 1; horizon < 8; horizon++ {
			for k := range horizon + 2 {
				if f := s.Factor(k, horizon); !(f >= 0 && f <= 1) {
					t.Errorf("%s: the factor of iteration %d of %d is %g", name, k, horizon, f)
				}
			}
		}
	}
}

func TestTrajectories(t *testing.T) {
	r := readReference(t)
	p := pascal.Quadratic{}
	seen := ""
	for _, run := range r.Runs {
		t.Run(run.Method+run.Wrap+run.Schedule, func(t *testing.T) {
			seen += run.Wrap
			o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Horizon: len(run.X) - 1})
			if err != nil {
				t.Fatal(err)
			}
			at := &methods.Iterate{Point: methods.Point{X: pascal.Start(), Grad: make([]float64, 5)}}
			m := around(t, p, run.Method, run.Schedule, run.Wrap)
			if err := m.Init(o, at); err != nil {
				t.Fatal(err)
			}
			for k, want := range run.X[1:] {
				if err := m.Step(at); err != nil {
					t.Fatal(err)
				}
				for i, v := range want {
					if math.Abs(at.X[i]-v) > 1e-12*math.Max(1, math.Abs(v)) {
						t.Fatalf("step %d: x = %v; expected %v", k+1, at.X, want)
					}
				}
			}
			gradients := int64(len(run.X) - 1)
			if strings.Contains(run.Wrap, "sam") || strings.Contains(run.Wrap, "sharpness") {
				gradients *= 2
			}
			if got := o.Counts().Gradients; got != gradients {
				t.Errorf("%d gradients; expected %d", got, gradients)
			}
		})
	}
	for _, name := range wrap.Registry.Names() {
		if !strings.Contains(seen, name) {
			t.Errorf("the wrapper %s is compared with nothing", name)
		}
	}
}

// Decoupled weight decay around Adam is AdamW.
func TestWeightDecayOfAdamIsAdamW(t *testing.T) {
	p := pascal.Quadratic{}
	adamw := methodtest.Begin(t, "{name: adamw, lr: 0.01, weight_decay: 0.3}", p, pascal.Start()).Path(t, 20)
	m := around(t, p, "{name: adam, lr: 0.01}", "", "[weight-decay: 0.3]")
	at := &methods.Iterate{Point: methods.Point{X: pascal.Start(), Grad: make([]float64, 5)}}
	run := &methodtest.Run{Method: m, Oracle: methodtest.Exact(t, p), At: at}
	if err := m.Init(run.Oracle, at); err != nil {
		t.Fatal(err)
	}
	for k, x := range run.Path(t, 20) {
		for i := range x {
			if math.Abs(x[i]-adamw[k][i]) > 1e-13 {
				t.Fatalf("step %d: %v; AdamW is at %v", k, x, adamw[k])
			}
		}
	}
}

// Steps of a wrapped method allocate nothing, on batches either.
func TestAllocations(t *testing.T) {
	p := methodtest.NewLeastSquares(12, 4)
	for _, batch := range []int{0, 3} {
		for _, method := range []string{"fixed-step", "{name: descent, step: 0.01}", "{name: adam, lr: 0.01}", "{name: schedule-free, lr: 0.01}"} {
			m := around(t, p, method, "cosine", "[clip, clip-value, sharpness-aware, cautious, lookahead, weight-decay, average, average: {kind: lawa}]")
			o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Horizon: 100, Batch: batch})
			if err != nil {
				t.Fatal(err)
			}
			at := &methods.Iterate{Point: methods.Point{X: []float64{1, -2, 0.5, 3}, Grad: make([]float64, 4)}}
			if err := m.Init(o, at); err != nil {
				t.Fatal(err)
			}
			if n := testing.AllocsPerRun(10, func() { _ = m.Step(at) }); n != 0 {
				t.Errorf("%s with batch %d: a step allocates %g times", method, batch, n)
			}
		}
	}
}

// What does not suit a method is refused, and everything else is not.
func TestSuits(t *testing.T) {
	p := pascal.Quadratic{}
	for _, c := range []struct{ part, method, want string }{
		{"cosine", "adam", ""},
		{"cosine", "nesterov", ""},
		{"cosine", "{name: descent, step: 0.1}", ""},
		{"cosine", "{name: steepest, norm: l1, step: 0.1}", ""},
		{"cosine", "bfgs", "no learning rate"},
		{"cosine", "levenberg-marquardt", "no learning rate"},
		{"cosine", "polyak", "no learning rate"},
		{"clip", "adam", ""},
		{"clip", "{name: descent, step: 0.1}", ""},
		{"clip", "{name: descent, direction: newton, step: 0.1}", "evaluates the problem itself"},
		{"clip", "bfgs", "evaluates the problem itself"},
		{"clip", "{name: svrg, lr: 0.1}", "its own"},
		{"cautious", "linear-cg", "its own"},
		{"average", "{name: svrg, lr: 0.1}", ""},
		{"average", "bfgs", ""},
		{"weight-decay", "adam", ""},
		{"weight-decay", "triple-momentum", "no learning rate"},
		{"cosine", "rprop", "only at the start"},
	} {
		component, err := methodtest.Component(c.method, p)
		if err != nil {
			t.Fatal(err)
		}
		registry := wrap.Registry
		if wrap.ScheduleRegistry.Has(c.part) {
			registry = wrap.ScheduleRegistry
		}
		err = wrap.Suits(part[any](t, registry, node(t, c.part)), component)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s around %s: %v; expected %q", c.part, c.method, err, c.want)
		}
	}
}

// A schedule that spans the run needs to know how long it is.
func TestHorizonIsMissing(t *testing.T) {
	p := pascal.Quadratic{}
	for _, c := range []struct {
		schedule, wrappers string
		spans              bool
	}{{"cosine", "", true}, {"", "[average: {kind: tail}]", true}, {"step-decay", "[average]", false}} {
		at := &methods.Iterate{Point: methods.Point{X: pascal.Start(), Grad: make([]float64, 5)}}
		err := around(t, p, "{name: adam}", c.schedule, c.wrappers).Init(methodtest.Exact(t, p), at)
		if _, missing := err.(*problems.Missing); missing != c.spans {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// A schedule changes every method that it suits: none keeps its learning rate somewhere else.
func TestSchedulesHaveAnEffect(t *testing.T) {
	p := methodtest.NewLeastSquares(12, 4)
	x0 := []float64{1, -2, 0.5, 3}
	tried := 0
	for _, name := range param.Of[methods.Method]().Names() {
		component, err := methodtest.Component(name, p)
		if err != nil || wrap.Suits(part[any](t, wrap.ScheduleRegistry, node(t, "linear")), component) != nil {
			continue
		}
		var ends [2][]float64
		var missing *problems.Missing
		for i, schedule := range []string{"", "linear"} {
			o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Horizon: 4, Seed: problems.Seed{Suite: 7}})
			if err != nil {
				t.Fatal(err)
			}
			at := &methods.Iterate{Point: methods.Point{X: slices.Clone(x0), Grad: make([]float64, 4)}}
			m := around(t, p, name, schedule, "")
			err = m.Init(o, at)
			for k := 0; k < 4 && err == nil; k++ {
				err = m.Step(at)
			}
			if ends[i] = at.X; errors.As(err, &missing) {
				break
			}
		}
		if missing != nil {
			continue
		}
		if tried++; slices.Equal(ends[0], ends[1]) {
			t.Errorf("a schedule does not change %s: %v", name, ends[0])
		}
	}
	if tried < 15 {
		t.Errorf("only %d methods were tried", tried)
	}
}

// matrix is ‖x‖²/2 over a 2×2 matrix and a bias.
type matrix struct{ *methodtest.Quadratic }

func (matrix) Shapes() []problems.Block {
	return []problems.Block{
		{Name: "W", Kind: problems.MatrixBlock, Rows: 2, Columns: 2},
		{Name: "b", Kind: problems.BiasBlock, Rows: 1, Columns: 1, Offset: 4},
	}
}

// A schedule is that of a companion, too: at a factor of 1/2 the first steps of matrix and bias are
// half as long.
func TestSchedulesReachCompanions(t *testing.T) {
	p := matrix{methodtest.Diagonal(1, 1, 1, 1, 1)}
	var ends [2][]float64
	for i, schedule := range []string{"", "{name: linear, warmup: 0.5}"} {
		o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Horizon: 4})
		if err != nil {
			t.Fatal(err)
		}
		at := &methods.Iterate{Point: methods.Point{X: make([]float64, 5), Grad: make([]float64, 5)}}
		for k := range at.X {
			at.X[k] = float64(1 + k*k)
		}
		m := around(t, p, "{name: muon, others: {name: adam, lr: 0.01}}", schedule, "")
		if err := m.Init(o, at); err != nil {
			t.Fatal(err)
		}
		if err := m.Step(at); err != nil {
			t.Fatal(err)
		}
		for k := range at.X {
			at.X[k] -= float64(1 + k*k)
		}
		ends[i] = at.X
	}
	for k, full := range ends[0] {
		if math.Abs(ends[1][k]-full/2) > 1e-14 || full == 0 {
			t.Errorf("variable %d moves by %g with half the rate, and by %g with all of it", k, ends[1][k], full)
		}
	}
}

// A wrapper that moves x moves the points of a companion, too: the bias of a separable function
// takes the path that it has under the companion alone.
func TestMovesReachCompanions(t *testing.T) {
	p := matrix{methodtest.Diagonal(1, 1, 1, 1, 1)}
	alone := "{name: heavy-ball, lr: 0.1}"
	paths := [2][]float64{}
	for i, method := range []string{"{name: muon, others: " + alone + "}", alone} {
		at := &methods.Iterate{Point: methods.Point{X: []float64{1, 2, 3, 4, 5}, Grad: make([]float64, 5)}}
		m := around(t, p, method, "", "[lookahead: {k: 2}]")
		if err := m.Init(methodtest.Exact(t, p), at); err != nil {
			t.Fatal(err)
		}
		for range 9 {
			if err := m.Step(at); err != nil {
				t.Fatal(err)
			}
			paths[i] = append(paths[i], at.X[4])
		}
	}
	if !slices.Equal(paths[0], paths[1]) {
		t.Errorf("the bias goes %v; under its method alone %v", paths[0], paths[1])
	}
}
