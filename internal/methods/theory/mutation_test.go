package theory

import (
	"errors"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
)

// mutant is a method that claims one thing and does another, slightly different one: what
// a wrong constant in its update rule would do. In the text of a case's method, what is
// claimed is replaced by what runs.
type mutant struct{ claimed, runs string }

// mutants, by the theorem that must turn red.
var mutants = map[string][]mutant{
	"gradient descent, convex: gap":                      {{"lr: 1/L", "lr: 1.01/L"}, {"lr: 1/L", "lr: 0.99/L"}, {"step: 1/L", "step: 0.1/L"}},
	"gradient descent, convex: gradient":                 {{"lr: 1/L", "lr: 1.01/L"}, {"lr: 0.5/L", "lr: 0.505/L"}},
	"gradient descent, convex: certificate of each step": {{"lr: 1/L", "lr: 1.01/L"}, {"lr: 1/L", "lr: 0.99/L"}},
	"gradient descent, strongly convex: distance":        {{"lr: 1/L", "lr: 0.99/L"}, {"lr: 2/(L+mu)", "lr: 2.02/(L+mu)"}},
	"gradient descent, strongly convex: gradient":        {{"lr: 1/L", "lr: 0.99/L"}},
	"gradient descent, strongly convex: gap":             {{"lr: 1/L", "lr: 0.99/L"}},
	"gradient descent, quadratics: gap":                  {{"lr: 1/L", "lr: 1.01/L"}, {"lr: 1/L", "lr: 0.99/L"}},
	"gradient descent, smooth: least gradient":           {{"lr: 1/L", "lr: 0.99/L"}},
	"gradient descent, Polyak–Łojasiewicz":               {{"lr: 1/L", "lr: 0.01/L"}},
	"Frank–Wolfe": {{"frank-wolfe, step: open-loop", "projected-gradient, step: 0.001/L"}},
	"stability on quadratics": {
		{"fixed-step, lr: ", "fixed-step, lr: 1.001*"}, {"fixed-step, lr: ", "fixed-step, lr: 0.999*"},
		{"momentum: 0.9", "momentum: 0.899"}, {"heavy-ball, lr: ", "heavy-ball, lr: 1.001*"}, {"nesterov, lr: ", "nesterov, lr: 1.001*"},
	},
	"exact line search, strongly convex":                {{"step: exact", "step: 1/L"}},
	"backtracking, strongly convex: step length":        {{"alpha: 0.3", "alpha: 0.31"}, {"alpha: 0.3", "alpha: 0.29"}, {"beta: 0.8", "beta: 0.75"}},
	"backtracking, strongly convex: trials":             {{"alpha: 0.3", "alpha: 0.31"}, {"alpha: 0.3", "alpha: 0.29"}, {"beta: 0.8", "beta: 0.81"}},
	"backtracking, strongly convex: gap":                {{"step: {name: backtracking, alpha: 0.3, beta: 0.8}", "step: 0.01/L"}},
	"steepest descent in a norm, backtracking":          {{"norm: l1", "norm: l1, step: 0.001/L"}, {"norm: linf", "norm: linf, step: 0.001/L"}, {"norm: spectral", "norm: spectral, step: 0.001/L"}},
	"Gauss–Southwell, step 1/Lmax":                      {{"step: 1/Lmax", "step: 0.99/Lmax"}, {"norm: l1", "norm: linf"}},
	"scaled sign descent, quadratics":                   {{"step: ", "step: 3*"}, {"step: ", "step: 0.05*"}},
	"steepest descent in the spectral norm, fixed step": {{"step: ", "step: 0.01*"}, {"norm: spectral", "norm: l1"}},
	"normalized gradient, Lipschitz convex":             {{"step: 0.1", "step: 0.001"}},
	"normalized gradient, smooth convex":                {{"normalized: true, step: 0.1", "normalized: true, step: 0.001"}},
	"normalized gradient, smooth":                       {{"normalized: true, step: 0.1", "normalized: true, step: 0.001"}},
	"adaptive gradient descent, convex: each step":      {{"step: adgd", "step: 1.95/L"}, {"step: adgd", "step: {name: barzilai-borwein, first: 0.1/L}"}},
	"L-SVRG":                              {{"l-svrg", "{name: l-svrg, lr: 20/Lmax}"}, {"l-svrg", "{name: l-svrg, lr: 0.001/Lmax}"}},
	"Katyusha without loops":              {{"katyusha", "{name: l-svrg, lr: 20/Lmax}"}, {"katyusha", "{name: l-svrg, lr: 0.0001/Lmax}"}},
	"SARAH":                               {{"lr: 0.5/Lmax", "lr: 50/Lmax"}, {"lr: 0.5/Lmax", "lr: 0.001/Lmax"}},
	"PAGE, smooth: least gradient":        {{"lr: 0.17/Lmax", "lr: 0.0005/Lmax"}, {"lr: 0.17/Lmax", "lr: 50/Lmax"}},
	"long steps, convex: each period":     {{"long-steps, pattern: 7", "long-steps, t: 0.99/L, pattern: 7"}, {"pattern: 3", "pattern: 2"}, {"step: {name: long-steps, pattern: 7}", "step: 1/L"}},
	"silver steps, convex":                {{"step: silver", "step: {name: silver, t: 1.01/L}"}, {"step: silver", "step: {name: silver, t: 0.99/L}"}},
	"dynamic steps, convex":               {{"step: dynamic", "step: {name: dynamic, t: 0.99/L}"}, {"step: dynamic", "step: 1/L"}},
	"optimized steps, convex: gap":        {{"step: optimized", "step: {name: optimized, t: 0.99/L}"}, {"step: optimized", "step: {name: optimized, t: 1.01/L}"}, {"step: optimized", "step: silver"}},
	"optimized steps, convex: gradient":   {{"goal: gradient", "goal: gradient, t: 0.99/L"}, {"goal: gradient", "goal: gradient, t: 1.01/L"}},
	"Polyak step Δ/‖g‖², convex":          {{"factor: 1", "factor: 0.01"}},
	"Polyak step Δ/‖g‖², strongly convex": {{"factor: 1", "factor: 0.1"}},

	"Polyak step 2Δ/‖g‖², strongly convex: worst case":              {{"factor: 2", "factor: 1.98"}},
	"Polyak step 2Δ/‖g‖², strongly convex: each step":               {{"factor: 2", "factor: 1.98"}},
	"Nesterov, weights i/(i + 3), convex":                           {{"schedule: weights", "schedule: {name: constant, momentum: 0}"}},
	"Nesterov, λ-sequence, convex":                                  {{"schedule: fista", "schedule: {name: constant, momentum: 0}"}},
	"Nesterov, λ-sequence, convex: simple form":                     {{"schedule: fista", "schedule: {name: constant, momentum: 0}"}},
	"Nesterov, strongly convex":                                     {{"schedule: strongly-convex", "schedule: {name: constant, momentum: 0}"}},
	"optimized gradient method, convex":                             {{"optimized-gradient", "{name: optimized-gradient, lr: 1.01/L}"}, {"optimized-gradient", "nesterov"}},
	"OGM-G, convex":                                                 {{"ogm-g", "{name: ogm-g, lr: 1.01/L}"}, {"ogm-g", "{name: ogm-g, lr: 0.99/L}"}},
	"ITEM, strongly convex":                                         {{"item", "{name: item, L: 1.01*L}"}, {"item", "{name: item, mu: 1.05*mu}"}},
	"triple momentum, strongly convex":                              {{"triple-momentum", "{name: triple-momentum, L: 1.01*L}"}, {"triple-momentum", "{name: triple-momentum, mu: 1.05*mu}"}},
	"heavy ball, Polyak's parameters, quadratics":                   {{"polyak-heavy-ball", "{name: polyak-heavy-ball, L: 1.01*L}"}, {"polyak-heavy-ball", "{name: polyak-heavy-ball, mu: 1.05*mu}"}},
	"heavy ball, α ≤ 1/L, β = √((1 − αμ)(1 − αL)), strongly convex": {{"lr: ", "lr: 0.1*"}},
	"pure Newton, near a minimizer":                                 {{"newton", "{name: descent, direction: newton, step: 0.99}"}},
	"pure Newton, M-Lipschitz Hessian":                              {{"newton", "{name: descent, direction: newton, step: 0.99}"}},
	"Newton, self-concordant: pure step":                            {{"newton", "{name: descent, direction: newton, step: 0.9}"}},
	"Newton, self-concordant: decrease":                             {{"step: exact", "step: 0.1"}},
	"conjugate gradient, quadratics":                                {{"linear-cg", "{name: descent, step: exact}"}, {"direction: conjugate-gradient", "direction: gradient"}},
	"conjugate gradient ends in n steps":                            {{"linear-cg", "{name: descent, step: exact}"}},
	"proximal gradient, convex":                                     {{"proximal-gradient", "{name: proximal-gradient, lr: 1.01/L}"}, {"proximal-gradient", "{name: proximal-gradient, lr: 0.99/L}"}},
	"proximal gradient, strongly convex":                            {{"lr: 2/(L+mu)", "lr: 2.2/(L+mu)"}},
	"FISTA, weights i/(i + 3)":                                      {{"{name: fista, schedule: weights}", "{name: proximal-gradient, lr: 0.2/L}"}},
	"FISTA":                                                         {{"fista", "{name: proximal-gradient, lr: 0.2/L}"}},
	"FISTA: simple form":                                            {{"fista", "{name: proximal-gradient, lr: 0.2/L}"}},
	"SGD, additive noise, strongly convex":                          {{"lr: 0.2", "lr: 0.18"}, {"lr: 0.2", "lr: 0.22"}},
	"SGD, noise at the optimum, strongly convex":                    {{"lr: 0.3/Lmax", "lr: 10/Lmax"}, {"lr: 0.3/Lmax", "lr: 0.1/Lmax"}},
	"stochastic Polyak step, strongly convex":                       {{"factor: 1,", "factor: 0.01,"}, {"factor: 2,", "factor: 0.01,"}, {"longest: 1e10", "longest: 1e-4"}},
	"SVRG":                                   {{"lr: 0.1/Lmax", "lr: 50/Lmax"}, {"lr: 0.1/Lmax", "lr: 0.001/Lmax"}},
	"SAGA, γ = 1/(3L)":                       {{"saga", "{name: saga, lr: 20/Lmax}"}, {"saga", "{name: saga, lr: 0.002/Lmax}"}},
	"randomized coordinate descent, uniform": {{"step: 1", "step: 0.5"}},
	"randomized coordinate descent, p ∝ Lᵢ": {{"step: 1", "step: 0.5"}},
}

// ascent is a direction that promises descent and goes uphill.
type ascent struct{}

func (ascent) Init(*methods.Oracle) error { return nil }
func (ascent) Direction(at *methods.Iterate, d []float64) error {
	copy(d, at.Grad)
	return nil
}

// TestAscent: a direction that breaks its promise is seen.
func TestAscent(t *testing.T) {
	p := instances.Diagonal(1, 2)
	facts := p.Facts()
	b, err := newMethod("{name: descent, step: 0.1}", facts)
	if err != nil {
		t.Fatal(err)
	}
	start := []float64{1, 1}
	checker := NewChecker(For(Setting{Method: b.method(), Problem: p, Facts: facts}), p, facts)
	o, err := problems.NewOracle(p, facts, problems.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m := &methods.Descent{Direction: ascent{}, Rule: &step.Fixed{T: param.NewLength(0.1)}}
	at := &methods.Iterate{Point: methods.Point{X: start, Grad: make([]float64, 2)}}
	checker.Observe(0, at)
	if err := errors.Join(m.Init(o, at), m.Step(at)); err != nil {
		t.Fatal(err)
	}
	checker.Observe(1, at)
	for _, v := range checker.Verdicts() {
		if v.Name == "descent condition" && v.Outcome == theorem.Violated {
			return
		}
	}
	t.Errorf("found %+v", checker.Verdicts())
}

// These say something about the problem at any point, or have a test of their own.
var withoutMutant = map[string]bool{
	"descent condition":                                true, // see TestAscent
	"first-order methods: least gap":                   true,
	"Newton, self-concordant: decrement below the gap": true,
	"Newton, self-concordant: gap below the conjugate": true,
}

// TestMutants: a wrong constant in a method turns its theorem red on some case of the
// suite. Every theorem of the suite has a mutant.
func TestMutants(t *testing.T) {
	byTheorem := map[string][]Case{}
	for _, c := range Cases(1) {
		byTheorem[c.Theorem] = append(byTheorem[c.Theorem], c)
	}
	for theorem, cases := range byTheorem {
		if len(mutants[theorem]) == 0 && !withoutMutant[theorem] {
			t.Errorf("%s has no mutant", theorem)
		}
		for _, m := range mutants[theorem] {
			t.Run(theorem+"/"+m.runs, func(t *testing.T) {
				tried := 0
				for _, c := range cases {
					if !strings.Contains(c.Method, m.claimed) {
						continue
					}
					tried++
					if c.turnsRed(t, m) {
						return
					}
				}
				t.Errorf("none of %d cases turned red", tried)
			})
		}
	}
	for theorem := range mutants {
		if byTheorem[theorem] == nil {
			t.Errorf("no case for the mutant of %s", theorem)
		}
	}
}

func (c Case) turnsRed(t *testing.T, m mutant) bool {
	facts := problems.FactsOf(c.Problem)
	claimed, err := newMethod(c.Method, facts)
	if err != nil {
		t.Fatal(err)
	}
	running, err := newMethod(strings.Replace(c.Method, m.claimed, m.runs, 1), facts)
	if err != nil {
		t.Fatal(err)
	}
	f, err := c.compare(claimed, running, 1)
	if err != nil {
		t.Fatal(err)
	}
	return f.Failure != ""
}
