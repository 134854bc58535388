package archive

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/text"
)

// Iterates are the iterates of one run of another program, as a file has them.
type Iterates struct {
	Name  string // of the file
	List  []Iterate
	Notes []string

	// Rounded is by how much each of the n numbers of the first iterate may differ from what
	// was written with more digits: half a unit of the last one.
	Rounded []float64

	First int                   // number of the first iterate; -1: the file does not say
	Has   [len(counts.All)]bool // which totals the lines have
}

// Iterate is one line of a file.
type Iterate struct {
	Line   int
	X      []float64     // n numbers
	Claim  *Claim        // nil: none
	Counts counts.Counts // totals up to here, of those that the file has
}

// Claim is a value f(x) that the file has.
type Claim struct {
	Value   float64
	Text    string
	Rounded float64 // half a unit of its last digit
}

// ReadIterates reads a file of the iterates of a run on a problem in n variables: CSV, or
// JSON lines. A line has x, and may have f and totals of counts; what else there is, is an
// error with its place.
func ReadIterates(name string, n int) (*Iterates, error) {
	file, err := limit.Open(name, "iterates as CSV or JSON lines")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := &iterateReader{n: n, out: &Iterates{Name: name, First: -1}}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, int(limit.Line.Max()))
	lines.Split(func(data []byte, end bool) (advance int, token []byte, err error) {
		advance, token, err = bufio.ScanLines(data, end)
		if token != nil {
			r.open = advance == len(token) // no newline follows
		}
		return advance, token, err
	})
	for lines.Scan() {
		r.line++
		if err := r.read(strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, r.line, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s:%d: the line is too long: %s", name, r.line+1, limit.Line.Exceeded())
	} else if err != nil {
		return nil, err
	}
	if len(r.out.List) == 0 {
		return nil, fmt.Errorf("%s:%d: the file has no iterate; expected a line with the %s of x for each", name, max(1, r.line), english.Count(n, "number"))
	}
	if r.open && !r.json {
		r.out.Notes = append(r.out.Notes, fmt.Sprintf("%s:%d: no newline follows the last line: it may be cut within its last number", name, r.line))
	}
	return r.out, nil
}

// iterateReader reads one line after the other.
type iterateReader struct {
	n       int
	out     *Iterates
	line    int
	open    bool     // the last line has no newline
	json    bool     // the file is JSON lines
	columns []string // names; nil: x alone
	began   bool
}

// read reads a line.
func (r *iterateReader) read(line string) error {
	if line == "" {
		return nil
	}
	if !r.began {
		r.began, r.json = true, line[0] == '{' || line[0] == '['
		if !r.json {
			header := split(strings.TrimSpace(strings.TrimLeft(line, "#")))
			if !allNumbers(header) {
				return r.header(header)
			}
		}
	}
	if r.json {
		return r.object(line)
	}
	if line[0] == '#' {
		return nil
	}
	return r.row(split(line))
}

// split separates the columns of a line, at commas, semicolons, tabs or spaces.
func split(line string) []string {
	separator := ""
	for _, s := range []string{",", ";", "\t"} {
		if separator == "" && strings.Contains(line, s) {
			separator = s
		}
	}
	if separator == "" {
		return strings.Fields(line)
	}
	fields := strings.Split(line, separator)
	for i, f := range fields {
		fields[i] = strings.TrimSpace(strings.Trim(strings.TrimSpace(f), `"`))
	}
	return fields
}

func allNumbers(fields []string) bool {
	for _, f := range fields {
		if !literal.MatchString(f) && !infinite.MatchString(f) && f != "" {
			return false
		}
	}
	return true
}

const (
	claimColumn     = "f"
	iterationColumn = "iteration"
)

// others are the names of columns and keys besides x.
func others() []string {
	names := []string{claimColumn, iterationColumn}
	for _, c := range counts.All {
		names = append(names, c.Key())
	}
	return names
}

// header reads the names of columns.
func (r *iterateReader) header(names []string) error {
	variables, last, seen := 0, -1, map[string]bool{}
	for i, name := range names {
		if m := variable.FindStringSubmatch(name); m != nil {
			number, err := strconv.Atoi(m[1])
			if err == nil && last >= 0 && number != last+1 {
				return fmt.Errorf("column %d is %s, after number %d; expected the variables in order", i+1, name, last)
			}
			if err == nil {
				last = number
			}
			variables++
			names[i] = "x"
			continue
		}
		names[i] = strings.ReplaceAll(name, "-", "_")
		if err := known(names[i]); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		if seen[names[i]] {
			return fmt.Errorf("column %d: duplicate column %q", i+1, name)
		}
		seen[names[i]] = true
	}
	if variables != r.n {
		return fmt.Errorf("the header has %s (x0, x1, …); the problem has %d", english.Count(variables, "variable"), r.n)
	}
	r.columns = names
	return nil
}

// known refuses a name that is none of a column.
func known(name string) error {
	names := others()
	if slices.Contains(names, name) {
		return nil
	}
	return fmt.Errorf("unknown name %q%s; expected x0, x1, … and any of %s", short(name), text.Suggest(name, names), strings.Join(names, ", "))
}

// row reads the numbers of a line of CSV.
func (r *iterateReader) row(fields []string) error {
	columns := r.columns
	if columns == nil {
		columns = make([]string, r.n)
		for i := range columns {
			columns[i] = "x"
		}
	}
	if len(fields) != len(columns) {
		if r.columns == nil {
			return fmt.Errorf("%s; the problem has %s: if this line is whole, name the columns in the first line, such as x0,x1,f",
				english.Count(len(fields), "column"), english.Count(r.n, "variable"))
		}
		return fmt.Errorf("%s, where the header has %d; the line is cut or has others", english.Count(len(fields), "column"), len(columns))
	}
	var x []string
	rest := map[string]string{}
	for i, column := range columns {
		if column == "x" {
			x = append(x, fields[i])
		} else if fields[i] != "" {
			rest[column] = fields[i]
		}
	}
	return r.add(x, rest)
}

// add makes an iterate of the texts of its numbers.
func (r *iterateReader) add(x []string, rest map[string]string) error {
	if len(x) != r.n {
		return fmt.Errorf("x has %s; the problem has %s", english.Count(len(x), "number"), english.Count(r.n, "variable"))
	}
	at := Iterate{Line: r.line, X: make([]float64, r.n)}
	first := len(r.out.List) == 0
	for i, field := range x {
		v, err := finite(field)
		if err != nil {
			return fmt.Errorf("x%d: %w", i, err)
		}
		if at.X[i] = v; first {
			r.out.Rounded = append(r.out.Rounded, halfUnit(field))
		}
	}
	if err := r.iteration(rest[iterationColumn]); err != nil {
		return err
	}
	if claim := rest[claimColumn]; claim != "" {
		v, err := finite(claim)
		if err != nil {
			return fmt.Errorf("f: %w", err)
		}
		at.Claim = &Claim{Value: v, Text: claim, Rounded: halfUnit(claim)}
	}
	if err := r.count(&at, rest); err != nil {
		return err
	}
	r.out.List = append(r.out.List, at)
	return nil
}

// iteration checks the number of an iterate, where the file has it: a run with gaps cannot be
// observed.
func (r *iterateReader) iteration(field string) error {
	done := len(r.out.List)
	if field == "" {
		if done > 0 && r.out.First >= 0 {
			return fmt.Errorf("the iterate has no number (iteration), which the first has")
		}
		return nil
	}
	k, err := strconv.Atoi(field)
	switch {
	case err != nil:
		return fmt.Errorf("iteration: found %q; expected a whole number", short(field))
	case done == 0 && k != 0 && k != 1:
		return fmt.Errorf("the first iteration is %d; expected 0, the start, or 1", k)
	case done == 0:
		r.out.First = k
	case k != r.out.First+done:
		return fmt.Errorf("iteration %d follows iteration %d; expected all iterates of the run, in order", k, r.out.First+done-1)
	}
	return nil
}

// count reads the totals of counts: the same in each line, and never falling.
func (r *iterateReader) count(at *Iterate, rest map[string]string) error {
	for _, c := range counts.All {
		field, has := rest[c.Key()]
		switch {
		case len(r.out.List) == 0:
			r.out.Has[c] = has
		case has != r.out.Has[c]:
			return fmt.Errorf("%s: some lines have it and some have not; expected it in all or none", c.Key())
		}
		if !has {
			continue
		}
		v, err := strconv.ParseFloat(field, 64)
		const exact = 1 << 53
		if !literal.MatchString(field) || err != nil || v < 0 || v > exact || v != math.Trunc(v) {
			return fmt.Errorf("%s: found %q; expected a whole number from 0 to 2^53", c.Key(), short(field))
		}
		*at.Counts.At(c) = int64(v)
		if n := len(r.out.List); n > 0 {
			if before := *r.out.List[n-1].Counts.At(c); int64(v) < before {
				return fmt.Errorf("%s: %d follows %d; expected the total since the start of the run", c.Key(), int64(v), before)
			}
		}
	}
	return nil
}

// BeginsAt reports whether the first iterate is at x, as far as its digits go; at least four
// are needed where it is not exactly there.
func (f *Iterates) BeginsAt(x []float64) bool {
	const digits = 1e-3
	for i, v := range f.List[0].X {
		if v != x[i] && math.Abs(v-x[i]) > min(f.Rounded[i], digits*math.Abs(x[i])) {
			return false
		}
	}
	return true
}

// Counted reports whether the file says what the run has cost.
func (f *Iterates) Counted() bool {
	return slices.Contains(f.Has[:], true)
}

// Refuted names the values of the file that f does not have, beyond the digits that they are
// written with and what rounding may do.
func (f *Iterates) Refuted(value func(x []float64) float64, floor float64) []string {
	const rounding = 1e-9
	var out []string
	for _, at := range f.List {
		if at.Claim == nil {
			continue
		}
		is, claimed := value(at.X), at.Claim.Value
		if off := math.Abs(is - claimed); !(off <= at.Claim.Rounded+floor+float64(rounding*max(math.Abs(is), math.Abs(claimed)))) {
			out = append(out, fmt.Sprintf("%s:%d: claimed %s, is %s", f.Name, at.Line, at.Claim.Text, apart(is, claimed)))
		}
	}
	return out
}

// apart is a number with as many digits as show that it is not another, at least two.
func apart(v, other float64) string {
	for digits := 2; digits < 17; digits++ {
		if s := text.Digits(v, digits); s != text.Digits(other, digits) {
			return s
		}
	}
	return text.Exact(v)
}
