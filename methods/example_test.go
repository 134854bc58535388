package methods_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"strings"

	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/runner"
)

// descend says how a method does on a problem.
func descend(p problems.Problem, m methods.Method) {
	record, err := runner.Descend(context.Background(), p, m, runner.Descent{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s after %d iterations and %d gradients\n", record.Status, record.Iterations, record.Counts.Gradients)
}

func bowl() problems.Problem {
	p, err := problems.New("quadratic", map[string]any{"dim": 3, "condition": 10})
	if err != nil {
		log.Fatal(err)
	}
	return p
}

func ExampleNew() {
	m, err := methods.New("fixed-step", map[string]any{"lr": "2/(L+mu)"}) // numbers from the problem's facts
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)

	_, err = methods.New("fixed-step", map[string]any{"lr": -1})
	fmt.Println(err)
	_, err = methods.New("fixed-step", map[string]any{"rate": 1})
	fmt.Println(err)
	// Output:
	// converged after 91 iterations and 91 gradients
	// method fixed-step: lr: -1 is out of range; expected a number > 0
	// method fixed-step has no parameter "rate"; the only one is lr
}

// The general descent method takes its parts as settings.
func ExampleNew_descent() {
	m, err := methods.New("descent", map[string]any{
		"direction": "lbfgs",
		"step":      map[string]any{"name": "strong-wolfe", "c2": 0.1},
	})
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// converged after 3 iterations and 7 gradients
}

// A direction and a step rule make a method.
func ExampleNewDirection() {
	d, err := methods.NewDirection("conjugate-gradient", map[string]any{"beta": "fr"})
	if err != nil {
		log.Fatal(err)
	}
	r, err := methods.NewStep("exact", nil)
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), &methods.Descent{Direction: d, Rule: r})
	// Output:
	// converged after 3 iterations and 3 gradients
}

func ExampleNewStep() {
	r, err := methods.NewStep("silver", map[string]any{"t": "1/L"})
	if err != nil {
		log.Fatal(err)
	}
	d, err := methods.NewDirection("gradient", nil)
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), &methods.Descent{Direction: d, Rule: r})
	// Output:
	// budget after 1000 iterations and 1000 gradients
}

func ExampleNames() {
	for _, name := range methods.Names() {
		if strings.HasPrefix(name, "ada") {
			fmt.Println(name)
		}
	}
	// Output:
	// adadelta
	// adagrad
	// adam
	// adamax
	// adamw
	// adaptive-cubic
}

// Resolve shows the numbers behind expressions before a descent begins.
func ExampleResolve() {
	r, err := methods.NewStep("fixed", map[string]any{"t": "1/L"})
	if err != nil {
		log.Fatal(err)
	}
	if err := methods.Resolve(r, problems.FactsOf(bowl())); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("t = %g\n", r.(methods.Schedule).Length(0))

	rosenbrock, err := problems.New("rosenbrock", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(methods.Resolve(r, problems.FactsOf(rosenbrock)))
	// Output:
	// t = 0.1
	// t = 1/L: needs the constant L, which is not known for this problem
}

// Damped is the heavy ball x⁺ = x − lr·∇f + momentum·(x − x⁻), a method of one's own. With
// FirstOrder an Update is all that it needs, with mini-batches and without.
type Damped struct {
	LR       methods.Length `param:"lr" default:"0.01" range:"(0,)" doc:"learning rate"`
	Momentum float64        `param:"momentum" default:"0.9" range:"[0,1)" doc:"share of the last step that is taken again"`

	methods.FirstOrder
	step []float64
}

func (m *Damped) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.step = make([]float64, o.Dim()) // allocate here, so that Step does not
	return m.Begin(o, at)
}

func (m *Damped) Step(at *methods.Iterate) error { return m.Advance(at, m) }

func (m *Damped) Update(x, g []float64) (t float64) {
	for i := range x {
		m.step[i] = m.Momentum*m.step[i] - m.LR.Value*g[i]
		x[i] += m.step[i]
	}
	return m.LR.Value
}

var _ methods.Update = (*Damped)(nil)

func init() {
	methods.Register("damped", methods.Info{
		Summary: "heavy ball",
		Formula: "x⁺ = x − lr·∇f + momentum·(x − x⁻)",
	}, func() methods.Method { return new(Damped) })
}

// A method is registered in an init function; suites and the commands of a binary that
// imports the package then know it by its name.
func ExampleRegister() {
	m, err := methods.New("damped", map[string]any{"lr": "1/L", "momentum": 0.5})
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// converged after 55 iterations and 55 gradients
}

// FirstOrder is what Damped above embeds.
func ExampleFirstOrder() {
	m := &Damped{}
	if err := methods.Defaults(m); err != nil {
		log.Fatal(err)
	}
	m.LR.Value = 0.1
	descend(bowl(), m)
	// Output:
	// converged after 336 iterations and 336 gradients
}

// Defaults sets what the tags of a struct say; own settings come after it.
func ExampleDefaults() {
	m := &methods.Descent{}
	if err := methods.Defaults(m); err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// converged after 91 iterations and 91 gradients
}

// Cautious is a preset: a name for a method that is put together from parts.
type Cautious struct {
	LR methods.Length `param:"lr" default:"0.5/L" range:"(0,)" doc:"learning rate"`
}

func (c *Cautious) Method() methods.Method {
	return &Damped{LR: c.LR, Momentum: 0}
}

func init() {
	methods.RegisterPreset("cautious", methods.Info{Summary: "gradient descent with half of the usual step"},
		func() methods.Preset { return new(Cautious) })
}

func ExampleRegisterPreset() {
	m, err := methods.New("cautious", nil)
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// converged after 349 iterations and 349 gradients
}

// Sign is the direction −sign(∇f).
type Sign struct{}

func (Sign) Init(*methods.Oracle) error { return nil }

func (Sign) Direction(at *methods.Iterate, d []float64) error {
	for i, g := range at.Grad {
		d[i] = 0
		if g != 0 {
			d[i] = -math.Copysign(1, g)
		}
	}
	return nil
}

func init() {
	methods.RegisterDirection("sign", methods.Info{Summary: "minus the signs of the gradient"},
		func() methods.Direction { return new(Sign) })
}

// A direction goes with every step rule: `{name: descent, direction: sign, step: exact}`.
func ExampleRegisterDirection() {
	m, err := methods.New("descent", map[string]any{"direction": "sign", "step": "exact"})
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// converged after 116 iterations and 116 gradients
}

// Harmonic is the step rule t = first/(k+1).
type Harmonic struct {
	First methods.Length `param:"first" default:"1/L" range:"(0,)" doc:"first step length"`
}

func (*Harmonic) Init(*methods.Oracle) error { return nil }

// Length makes it a Schedule: a Descent asks for no more.
func (h *Harmonic) Length(k int) float64 { return h.First.Value / float64(k+1) }

func (h *Harmonic) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	for i := range d {
		next.X[i] = at.X[i] + h.First.Value*d[i]
	}
	return h.First.Value, nil
}

func init() {
	methods.RegisterStep("harmonic", methods.Info{Summary: "lengths that fall as 1/k"},
		func() methods.StepRule { return new(Harmonic) })
}

func ExampleRegisterStep() {
	m, err := methods.New("descent", map[string]any{"step": "harmonic"})
	if err != nil {
		log.Fatal(err)
	}
	descend(bowl(), m)
	// Output:
	// budget after 1000 iterations and 1000 gradients
}
