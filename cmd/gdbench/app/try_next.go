package app

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// mostFollowed is the longest run of which try keeps each iterate, for its table and for what
// happened on the way.
const mostFollowed = 20000

// followSteps has each iteration recorded, where the run is short enough and the call says nothing else.
func followSteps(s *suite.Suite, set []string) {
	ownTrace := slices.ContainsFunc(set, func(v string) bool { return strings.HasPrefix(v, "trace") })
	b := s.Budget
	if !ownTrace && b.Iterations > 0 && b.Iterations <= mostFollowed {
		s.Trace.Every = 1
	}
}

// printSteps prints the first and last iterates, and a sketch of the progress.
func printSteps(out io.Writer, r *results.Record) {
	for _, line := range words.Steps(r) {
		fmt.Fprintf(out, "  %s\n", text.Terminal(line))
	}
	printSketch(out, r.Trace, 60, 6)
}

// printSketch sketches the progress of a trace, where there is any.
func printSketch(out io.Writer, t *results.Trace, width, height int) {
	name, places, values := words.Progress(t)
	sketch := words.Sketch(places, values, width, height)
	if sketch == nil {
		return
	}
	fmt.Fprintf(out, "  %s by iteration\n", name)
	for _, line := range sketch {
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// plot draws the progress of a run into the file of --plot.
func plot(c *cli.Context, r *results.Record) error {
	path := c.String("plot")
	if path == "" {
		return nil
	}
	format, err := pictureFormat(c, "plot")
	if err != nil {
		return err
	}
	name, places, values := words.Progress(r.Trace)
	f := &figure.Figure{Name: "progress", Title: r.Labels.Method + " on " + r.Labels.Problem,
		X: figure.Axis{Label: "iteration", Scale: figure.Linear}, Y: figure.Axis{Label: name, Scale: figure.Log},
		Series: []figure.Series{{Label: r.Labels.Method, Kind: figure.Line, X: places, Y: values}}}
	picture, err := draw.Render(f, draw.Format(format))
	if err != nil {
		return usage("try: --plot %s: %w", path, err)
	}
	return atomicfile.Write(path, picture, 0o644)
}

// next is the command to try after a run, with why. It changes one thing.
func next(c *cli.Context, r *results.Record) (why, command string) {
	set := c.StringSlice("set")
	switch {
	case r.Status == results.Diverged && r.LearningRate != nil && r.Stability != nil && r.Stability.Limit > 0:
		return "half of the limit", again(c, c.String("method"), replaced(set, r.LearningRate.Parameter, float64(r.Stability.Limit)/2))
	case r.Status == results.Diverged && r.LearningRate != nil:
		return "a tenth of the step", again(c, c.String("method"), replaced(set, r.LearningRate.Parameter, float64(r.LearningRate.Value)/10))
	case r.Final != nil && r.Final.CriticalPoint == string(problems.Saddle):
		return "noise leaves a saddle", again(c, "gradient-noise", rates(set, r))
	case r.Status == results.Budget && r.LearningRate != nil && slices.ContainsFunc(words.Events(r), func(e words.Event) bool { return e.Kind == words.Cycle }):
		return "half of the step", again(c, c.String("method"), replaced(set, r.LearningRate.Parameter, float64(r.LearningRate.Value)/2))
	case r.Status == results.Budget && r.Samples == 0:
		return "ten times as many iterations", again(c, c.String("method"), replaced(set, "budget.iterations", float64(10*r.Iterations)))
	case r.Status == results.Converged && c.String("method") == "" && r.Iterations > 1:
		return "a method that uses the curvature", again(c, "newton", rates(set, r))
	}
	return "", ""
}

// rates leaves out the learning rate of one method, which another one does not have.
func rates(set []string, r *results.Record) []string {
	if r.LearningRate == nil {
		return set
	}
	return without(set, r.LearningRate.Parameter)
}

// replaced has a setting with another value.
func replaced(set []string, key string, value float64) []string {
	return append(without(set, key), key+"="+text.Digits(value, 3))
}

// without leaves out a setting, whether or not it names the method that it is of.
func without(set []string, key string) []string {
	return slices.DeleteFunc(slices.Clone(set), func(v string) bool { return strings.HasPrefix(strings.TrimPrefix(v, "method."), key+"=") })
}

// again is the call with another method and other settings, as a shell reads it.
func again(c *cli.Context, method string, set []string) string {
	words := []string{"gdbench", "try"}
	if of := c.String("expression"); of != "" {
		words = append(words, "--expression", of)
	}
	words = append(words, c.Args().Slice()...)
	for _, command := range c.StringSlice("process") {
		words = append(words, "--process", command)
	}
	if method != "" {
		words = append(words, "--method", method)
	}
	for _, v := range set {
		words = append(words, "--set", v)
	}
	for i, w := range words {
		if strings.ContainsAny(w, " \t\n\"'`$&|;<>()[]{}*?!#~\\^") || w == "" {
			words[i] = text.Shell(w)
		}
	}
	return strings.Join(words, " ")
}
