package descend

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// diagnostics evaluates the numbers that a suite wants to watch, at trace points, off the
// clock and at no charge to the method.
type diagnostics struct {
	problem problems.Problem
	source  problems.Diagnostics // nil where the problem has none of its own
	chosen  []int                // of the source's names
	names   []string             // in the order of the record: the source's, then sharpness
	values  []float64
}

// newDiagnostics picks those of the problem's diagnostics whose name holds one of the
// wanted words.
func newDiagnostics(p problems.Problem, wanted []string) *diagnostics {
	d := &diagnostics{problem: p}
	source, ok := problems.As[problems.Diagnostics](p)
	if ok {
		d.source = source
		names := source.DiagnosticNames()
		d.values = make([]float64, len(names))
		for i, name := range names {
			if slices.ContainsFunc(wanted, func(word string) bool { return suite.Selects(word, name) }) {
				d.chosen, d.names = append(d.chosen, i), append(d.names, name)
			}
		}
	}
	if slices.Contains(wanted, suite.Sharpness) {
		d.names = append(d.names, suite.Sharpness)
	}
	return d
}

// record adds the diagnostics at x to a trace.
func (d *diagnostics) record(t *results.Trace, x []float64) {
	if len(d.names) == 0 {
		return
	}
	if t.Diagnostics == nil {
		t.Diagnostics = map[string]results.Series{}
	}
	if len(d.chosen) > 0 {
		d.source.Diagnostics(x, d.values)
	}
	for i, name := range d.names {
		value := 0.0
		if i < len(d.chosen) {
			value = d.values[d.chosen[i]]
		} else {
			value = critical.Curvature(d.problem, x).Highest
		}
		t.Diagnostics[name] = append(t.Diagnostics[name], value)
	}
}

// CheckDiagnostics refuses a diagnostic that no problem of the suite offers, and a target of one
// that may be one of several.
func CheckDiagnostics(s *suite.Suite, built prepare.Problems) error {
	var offered []string
	for _, p := range s.Problems {
		_, names, _ := diagnosticsOf(built[p].Problem)
		offered = append(offered, names...)
	}
	slices.Sort(offered)
	offered = slices.Compact(offered)
	for _, word := range s.Diagnostics {
		if word != suite.Sharpness && !slices.ContainsFunc(offered, func(name string) bool { return suite.Selects(word, name) }) {
			return fmt.Errorf("%s: diagnostics: %s%s", s.File, s.Lacks(strconv.Quote(word)), text.Suggest(word, offered))
		}
	}
	for _, t := range s.Targets.Diagnostics {
		if err := checkTarget(t, s, built, offered); err != nil {
			return err
		}
	}
	return nil
}

// checkTarget refuses a target of a diagnostic that no problem has, and one whose name may mean
// several. That some of the problems have it is enough: on the others it is not measurable.
func checkTarget(t suite.DiagnosticTarget, s *suite.Suite, built prepare.Problems, offered []string) error {
	found := false
	for _, p := range s.Problems {
		_, names, _ := diagnosticsOf(built[p].Problem)
		name, several := diagnosticNamed(t.Name, names)
		if len(several) > 0 {
			return &param.Error{Position: t.Position, Message: fmt.Sprintf("targets: %q may be one of %s; write which one, such as {%s: %s}",
				t.Name, strings.Join(several, ", "), several[0], param.Text(t.Reach))}
		}
		found = found || name != ""
	}
	if !found {
		return &param.Error{Position: t.Position, Message: fmt.Sprintf("targets: %q is no kind of target, and %s%s",
			t.Name, s.Lacks("a diagnostic of that name"), suite.UnknownTarget(t.Name, offered))}
	}
	return nil
}
