package app

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

func tryCommand() *cli.Command {
	return &cli.Command{
		Name:      "try",
		Usage:     "run one descent and describe it in words",
		ArgsUsage: "PROBLEM",
		Description: "A key of --set is looked up in the parameters of the method, then of the problem, then in the keys of a\n" +
			"suite: lr=0.01, dim=10, start=[1, 2], batch=32, budget.iterations=50. A prefix chooses one of them:\n" +
			"problem.dim=10. PROBLEM may be a formula: gdbench try 'x^4 - 2*x^2'. No file is written.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "method", Usage: "`NAME` of the method", DefaultText: firstMethod + ", or " + secondMethod + " where the problem lacks what its step needs"},
			expressionFlag(),
			&cli.StringSliceFlag{Name: "set", Usage: "`KEY=VALUE` of the method, the problem or the run; may be repeated"},
			&cli.StringFlag{Name: "plot", Usage: "`FILE` (.svg, .png or .pdf) for a plot of the progress"},
			processFlag(), jsonFlag(),
		},
		Action: withProcesses(try),
	}
}

func try(c *cli.Context) error {
	problem, set, err := problemOf(c, "problem.")
	if err != nil {
		return err
	}
	if c.String("plot") != "" {
		if _, err := pictureFormat(c, "plot"); err != nil { // before anything runs
			return err
		}
	}
	method := c.String("method")
	r, built, err := tryOnce(c, problem, cmp.Or(method, firstMethod), set)
	if err != nil {
		return err
	}
	reason := ""
	if r.Status == results.Skipped && method == "" {
		if second, b, err := tryOnce(c, problem, secondMethod, append([]string{"method.step=" + secondStep}, set...)); err == nil && second.Status != results.Skipped {
			reason = fmt.Sprintf("%s with %s is the method, since %s was skipped: %s", secondMethod, secondStep, firstMethod, r.Message)
			r, built = second, b
		}
	}
	if c.Bool("json") {
		if err := writeJSON(c.App.Writer, r); err != nil {
			return err
		}
		return errors.Join(plot(c, r), tried(r))
	}
	fmt.Fprintf(c.App.Writer, "%s on %s\n", text.Terminal(r.Labels.Method), text.Terminal(r.Labels.Problem))
	if reason != "" {
		fmt.Fprintf(c.App.Writer, "  %s\n", text.Terminal(reason))
	}
	printSteps(c.App.Writer, r)
	for _, sentence := range words.Tell(r, inWords(built)) {
		fmt.Fprintf(c.App.Writer, "  %s\n", text.Terminal(sentence))
	}
	if why, command := next(c, r); command != "" {
		fmt.Fprintf(c.App.Writer, "  next (%s): %s\n", why, text.Terminal(command))
	}
	return errors.Join(plot(c, r), tried(r))
}

// tried is the error of a run that did not run to an end of its own.
func tried(r *results.Record) error {
	switch r.Status {
	case results.Failed:
		return against("%s on %s failed: %s", r.Labels.Method, r.Labels.Problem, r.Message)
	case results.Skipped:
		return usage("nothing could run: %s on %s was skipped: %s", r.Labels.Method, r.Labels.Problem, r.Message)
	}
	return nil
}

// The methods of a call that names none: gradient descent with the step 1/L, and where L is not
// known with the step 1/L for an L found on the way. A search from a step of 1 instead wanders where f
// no longer falls but by rounding.
const (
	firstMethod  = "fixed-step"
	secondMethod = "descent"
	secondStep   = "lipschitz-backtracking"
)

// tryOnce runs one method on one problem.
func tryOnce(c *cli.Context, problem, method string, set []string) (*results.Record, *prepare.Built, error) {
	s, err := trySuite(problem, method, set)
	if err != nil {
		return nil, nil, err
	}
	if !c.Bool("json") {
		followSteps(s, set)
	}
	return pool.First(c.Context, s)
}

// inWords is what sentences about a run need of its problem.
func inWords(b *prepare.Built) words.Problem {
	return words.Problem{Notes: b.Facts.Notes, Curvature: func(x []float64) float64 { return critical.Curvature(b.Problem, x).Highest }}
}

// trySuite is the suite of one problem and one method.
func trySuite(problem, method string, set []string) (*suite.Suite, error) {
	problemEntry, err := lookup(param.Of[problems.Problem](), problem)
	if err != nil {
		return nil, err
	}
	methodEntry, err := lookup(param.Of[methods.Method](), method)
	if err != nil {
		return nil, err
	}
	overrides := []string{}
	for _, text := range set {
		text, err := address(text, problemEntry, methodEntry)
		if err != nil {
			return nil, err
		}
		overrides = append(overrides, text)
	}
	text, err := yaml.Marshal(map[string]any{"suite": "try", "problems": []string{problem}, "methods": []string{method}})
	if err != nil {
		return nil, err
	}
	s, err := suite.Read("try", ".", strings.NewReader(string(text)), overrides)
	if err == nil && s.Count() > 1 {
		return nil, usage("try: the settings make %d runs; expected one value for each parameter, or a suite (`gdbench run`)", s.Count())
	}
	return s, err
}

// notTried are the keys of a suite that one descent cannot follow.
var notTried = []string{"suite", "about", "reference", "repeats", "jitter", "gate", "timing", "problems", "methods"}

// address puts the path of what a setting means before it.
func address(setting string, problem, method *param.Entry) (string, error) {
	key, _, isPair := strings.Cut(setting, "=")
	if !isPair {
		return "", usage("try: --set %s: expected KEY=VALUE, such as lr=0.01 or budget.iterations=100", setting)
	}
	head, _, _ := strings.Cut(key, ".")
	ofMethod, ofProblem := fieldNames(method, &suite.MethodKeys{}), fieldNames(problem, &suite.ProblemKeys{})
	ofSuite := append(fieldNames(nil, &suite.Header{}), "problems", "methods")
	switch {
	case slices.Contains(notTried, head):
		return "", usage("try: --set %s: try runs one descent, for which %s means nothing; write a suite and run it", setting, head)
	case head == "name" || key == "problem.name" || key == "method.name":
		return "", usage("try: --set %s: the problem is %s and the method %s; expected a parameter of them", setting, problem.Name, method.Name)
	case head == "problem" || head == "method":
		return strings.Replace(setting, head+".", head+"s.0.", 1), nil
	case slices.Contains(ofMethod, head):
		return "methods.0." + setting, nil
	case slices.Contains(ofProblem, head):
		return "problems.0." + setting, nil
	case !slices.Contains(ofSuite, head):
		known := slices.Concat(ofMethod, ofProblem, ofSuite)
		return "", usage("try: neither %s nor %s has a parameter %q%s", problem.Name, method.Name, head, text.Suggest(head, known))
	}
	return setting, nil
}

// lookup finds a component that was named on the command line.
func lookup(r *param.Registry, name string) (*param.Entry, error) {
	entry, err := r.Lookup(name)
	if err != nil {
		return nil, usage("%w", err)
	}
	return entry, nil
}

// fieldNames are the parameters of a component, if any, and those of a struct.
func fieldNames(e *param.Entry, extra any) []string {
	fields := param.StructFields(extra)
	if e != nil {
		fields = slices.Concat(e.Fields(), fields)
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return names
}
