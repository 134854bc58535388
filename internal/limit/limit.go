// Package limit bounds the sizes of what a user hands in, so that a mistake ends in a
// message and not in the machine's memory. The bounds lie far above any real suite; the
// environment raises them:
//
//	GDBENCH_LIMITS=cells=100000000,depth=64
package limit

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Variable is the name of the environment variable that changes limits.
const Variable = "GDBENCH_LIMITS"

// Limit is one bound.
type Limit struct {
	Name string
	Most int64 // where the environment says nothing else
	Of   string
}

// The limits.
var (
	Cells     = &Limit{"cells", 10_000_000, "cells of a suite"}
	Bytes     = &Limit{"bytes", 4 << 20, "bytes of a suite file"}
	Values    = &Limit{"values", 200_000, "values of a suite file after aliases are expanded"}
	Depth     = &Limit{"depth", 32, "nesting of a suite file"}
	Axis      = &Limit{"axis", 1_000_000, "settings that one entry or generator of a suite expands to"}
	Data      = &Limit{"data", 1 << 28, "numbers of a data set"}
	Dense     = &Limit{"dense", 100_000_000, "numbers of a dense matrix"}
	Variables = &Limit{"variables", 10_000_000, "variables of a problem"}
	Line      = &Limit{"line", 16 << 20, "bytes of a line of a data file"}
	Inflation = &Limit{"inflation", 64 << 20, "bytes of a file that is decompressed to more than a hundred times its size"}
	Trace     = &Limit{"trace", 10_000_000, "numbers of a trace"}
	Targets   = &Limit{"targets", 10_000, "targets of a suite"}
)

var all = []*Limit{Cells, Bytes, Values, Depth, Axis, Data, Variables, Dense, Line, Inflation, Trace, Targets}

// changed are the limits that the environment sets.
var changed = sync.OnceValues(func() (map[string]int64, error) { return parse(os.Getenv(Variable)) })

// Check refuses an environment that cannot be read.
func Check() error {
	_, err := changed()
	return err
}

func parse(text string) (map[string]int64, error) {
	found := map[string]int64{}
	for entry := range strings.SplitSeq(text, ",") {
		if text == "" {
			break
		}
		name, value, _ := strings.Cut(entry, "=")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 || !slices.ContainsFunc(all, func(l *Limit) bool { return l.Name == name }) {
			return nil, fmt.Errorf("%s: found %q; expected NAME=NUMBER, or several separated by commas, with the names %s", Variable, entry, names())
		}
		if _, twice := found[name]; twice {
			return nil, fmt.Errorf("%s: duplicate name %s", Variable, name)
		}
		found[name] = n
	}
	return found, nil
}

func names() string {
	out := make([]string, len(all))
	for i, l := range all {
		out[i] = l.Name
	}
	return strings.Join(out, ", ")
}

// Max is the limit as the environment has it.
func (l *Limit) Max() int64 {
	set, _ := changed() // Check has reported the error
	if n, ok := set[l.Name]; ok {
		return n
	}
	return l.Most
}

// Matrix is the error about a dense matrix that is larger than the limit, nil where one is not.
func Matrix(rows, columns int) error {
	if float64(rows)*float64(columns) <= float64(Dense.Max()) {
		return nil
	}
	return fmt.Errorf("a matrix of %d×%d numbers; %s", rows, columns, Dense.Exceeded())
}

// Exceeded is the end of a message about something that is larger.
func (l *Limit) Exceeded() string {
	return fmt.Sprintf("the limit on %s is %d; to raise it, set %s=%s=NUMBER in the environment", l.Of, l.Max(), Variable, l.Name)
}
