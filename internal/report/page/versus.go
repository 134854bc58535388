package page

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/results"
)

// versusOf is nil where there are no two methods to compare.
func versusOf(e *evidence.Evidence) *Versus {
	all := tables.VersusOf(e)
	if all == nil {
		return nil
	}
	out := &Versus{Title: all.Title, Methods: all.Methods, Colors: all.Places, Notes: all.Notes, Pairs: []Pair{}}
	for _, pair := range all.Pairs {
		one := Pair{First: pair.First, Second: pair.Second, Rows: []Beside{}}
		for _, b := range pair.Problems {
			one.Rows = append(one.Rows, Beside{b.Problem, b.Pairs, Number(b.Ratio.Estimate), Number(b.Ratio.Low), Number(b.Ratio.High), Number(b.P), Number(b.Adjusted), b.Verdict})
		}
		out.Pairs = append(out.Pairs, one)
	}
	return out
}

// failures are why runs failed or were skipped, those of a method on a problem together.
func failures(e *evidence.Evidence) []Failure {
	out := []Failure{}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			first := len(out)
			for _, c := range entry.Cells {
				if c.Status == results.Failed || c.Status == results.Skipped {
					out = count(out, first, Failure{p.Label, entry.Label, string(c.Status), c.Message, 1})
				}
			}
		}
	}
	return out
}

// count adds a failure to those from the place first on, or to the runs of one that is alike.
func count(failures []Failure, first int, f Failure) []Failure {
	for i := first; i < len(failures); i++ {
		if g := &failures[i]; g.Status == f.Status && g.Message == f.Message {
			g.Runs++
			return failures
		}
	}
	return append(failures, f)
}
