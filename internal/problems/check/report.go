package check

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/gdbench/gdbench/internal/text"
)

// Report is what all checks of all problems found.
type Report struct {
	Results []Result
}

// Failures are the checks that failed.
func (r *Report) Failures() []Result {
	var out []Result
	for _, one := range r.Results {
		if one.Conclusion == Failed {
			out = append(out, one)
		}
	}
	return out
}

// Total is how often a check came to each conclusion.
type Total struct {
	Check                         string
	Passed, Failed, NotApplicable int
	Compared                      int
}

// Totals are counts by kind of check, in the order of the checks.
func (r *Report) Totals() []Total {
	totals := []Total{{Check: "build"}}
	for _, name := range Names() {
		totals = append(totals, Total{Check: name})
	}
	for _, one := range r.Results {
		for i := range totals {
			if totals[i].Check == one.Check {
				totals[i].add(one)
			}
		}
	}
	if totals[0] == (Total{Check: "build"}) {
		totals = totals[1:]
	}
	return totals
}

func (t *Total) add(r Result) {
	t.Compared += r.Compared
	switch r.Conclusion {
	case Passed:
		t.Passed++
	case Failed:
		t.Failed++
	case NotApplicable:
		t.NotApplicable++
	}
}

// Write prints the failures, then the table of counts. With all, every check of every
// problem comes before it.
func (r *Report) Write(w io.Writer, all bool) error {
	for _, one := range r.Results {
		if all || one.Conclusion == Failed {
			if _, err := fmt.Fprintln(w, text.Terminal(one.String())); err != nil {
				return err
			}
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "check\tpassed\tfailed\tnot applicable\tcomparisons\t")
	var sum Total
	for _, t := range r.Totals() {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t\n", t.Check, t.Passed, t.Failed, t.NotApplicable, t.Compared)
		sum.Passed, sum.Failed = sum.Passed+t.Passed, sum.Failed+t.Failed
		sum.NotApplicable, sum.Compared = sum.NotApplicable+t.NotApplicable, sum.Compared+t.Compared
	}
	fmt.Fprintf(table, "total\t%d\t%d\t%d\t%d\t\n", sum.Passed, sum.Failed, sum.NotApplicable, sum.Compared)
	return table.Flush()
}

func (r Result) String() string {
	line := fmt.Sprintf("%s: %s: %s", r.Problem, r.Check, r.Conclusion)
	if r.Conclusion == Passed {
		line += fmt.Sprintf(" (%d comparisons)", r.Compared)
	}
	if r.Message != "" {
		line += ": " + r.Message
	}
	return line
}
