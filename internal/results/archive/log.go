package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// run is what a log says of one run.
type run struct {
	where   string  // the place of its header
	optimum float64 // f* that the header says; NaN: it does not
	columns int
	points  []point
}

// point is the best gap after some evaluations; NaN where no value was a number so far.
type point struct {
	evaluations int64
	gap         float64
}

// none is from where on COCO's numbers stand for none: 2e21 for NaN, 3e21 for infinity.
const none = 1e21

// log reads a file .dat or .tdat: a header with % before each run, then a line for each point.
func (r *reader) log(b *block, name string) ([]*run, error) {
	var runs []*run
	err := r.lines(name, func(line int, text string) error {
		where := r.place(name, line)
		if strings.HasPrefix(text, "%") {
			runs = append(runs, &run{where: where, optimum: optimumOf(text)})
			return nil
		}
		if len(runs) == 0 {
			return fmt.Errorf("%s: expected a line that begins with %%, as before every run; the beginning of the log is missing: unpack the archive again", where)
		}
		if err := runs[len(runs)-1].add(b, text); err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: the log %s is not in the archive; unpack the archive again, or remove this entry of three lines", b.runsWhere, name)
	}
	if err != nil {
		return nil, err
	}
	for _, run := range runs {
		if len(run.points) == 0 {
			return nil, fmt.Errorf("%s: no point follows the header of the run; the log is cut: unpack the archive again", run.where)
		}
	}
	if len(runs) != len(b.runs) {
		return nil, fmt.Errorf("%s: %d runs are named, but %s has %d; unpack the archive again", b.runsWhere, len(b.runs), name, len(runs))
	}
	return runs, nil
}

// ends are the last points by evaluations (.tdat), which a run may have where its .dat ends with
// the last level that it reached. An archive may lack the file.
func (r *reader) ends(b *block) ([]point, error) {
	name := strings.TrimSuffix(b.data, path.Ext(b.data)) + ".tdat"
	if _, err := fs.Stat(r.files, name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	runs, err := r.log(b, name)
	if err != nil {
		return nil, err
	}
	var ends []point
	for _, run := range runs {
		ends = append(ends, run.points[len(run.points)-1])
	}
	return ends, nil
}

// reach adds an end that is later than the last point.
func (r *run) reach(end point) {
	if last := r.points[len(r.points)-1]; end.evaluations > last.evaluations {
		end.gap = least(last.gap, end.gap)
		r.points = append(r.points, end)
	}
}

// add reads the line of a point: evaluations, constraints or the current gap, the best gap, two
// values, and the variables, of which some loggers have none.
func (r *run) add(b *block, text string) error {
	columns := strings.Fields(text)
	const least, variables = 3, 5
	n := len(columns)
	switch {
	case n < least:
		return fmt.Errorf("%d columns; expected evaluations, constraints or gap, and best gap: the log is cut here; unpack the archive again", n)
	case r.columns == 0 && n > variables && n-variables != b.dim:
		return fmt.Errorf("%d variables follow the first five columns, but %s says DIM = %d; correct the one that is wrong", n-variables, b.where, b.dim)
	case r.columns != 0 && n != r.columns:
		return fmt.Errorf("%d columns, where the run has %d; the log is cut or mixes dimensions: unpack the archive again", n, r.columns)
	}
	r.columns = n
	p, err := pointOf(columns, b.newFormat)
	if err != nil {
		return err
	}
	if len(r.points) == 0 {
		if p.evaluations != 1 {
			return fmt.Errorf("the run begins at evaluation %d; expected 1: its beginning is missing; unpack the archive again", p.evaluations)
		}
		r.points = append(r.points, p)
		return nil
	}
	last := &r.points[len(r.points)-1]
	switch {
	case p.evaluations < last.evaluations:
		return fmt.Errorf("evaluation %d follows %d; expected a header with %% before the next run", p.evaluations, last.evaluations)
	case p.gap > last.gap:
		return fmt.Errorf("the best gap rises from %g to %g; expected the best so far in column 3: see data_format in %s", last.gap, p.gap, b.where)
	case math.IsNaN(p.gap) && !math.IsNaN(last.gap):
		return fmt.Errorf("the best gap %g becomes none; expected the best so far in column 3: see data_format in %s", last.gap, b.where)
	case p.evaluations == last.evaluations:
		*last = p
	default:
		r.points = append(r.points, p)
	}
	return nil
}

// pointOf reads the columns that count.
func pointOf(columns []string, newFormat bool) (point, error) {
	evaluations, err := count(columns[0])
	if err != nil {
		return point{}, err
	}
	if newFormat {
		if constraints, err := strconv.ParseFloat(columns[1], 64); err != nil || constraints != 0 {
			return point{}, fmt.Errorf("%q evaluations of constraints, column 2, in a suite without constraints; expected 0: see data_format in the index", short(columns[1]))
		}
	}
	gap, err := strconv.ParseFloat(columns[2], 64)
	switch {
	case err != nil || math.IsNaN(gap) || math.IsInf(gap, 0):
		return point{}, fmt.Errorf("best gap %q, column 3; expected a finite number (COCO writes 2e21 for NaN and 3e21 for infinity): correct the line, or remove the run here and from the index", short(columns[2]))
	case gap >= none:
		gap = math.NaN()
	case gap < -1:
		return point{}, fmt.Errorf("best gap %g, column 3, is far below f*; expected f - f*: see data_format in the index", gap)
	}
	return point{evaluations, gap}, nil
}

// count is a number of evaluations: whole, from 1, and exact as a float.
func count(text string) (int64, error) {
	text = strings.TrimSpace(text)
	v, err := strconv.ParseFloat(text, 64)
	const exact = 1 << 53
	if err != nil || v < 1 || v > exact || v != math.Trunc(v) {
		return 0, fmt.Errorf("%q evaluations; expected a whole number from 1 to 2^53", short(text))
	}
	return int64(v), nil
}

// optimum is where a header says f*.
var optimum = regexp.MustCompile(`F(?:opt|ref)\s*\(([^)]*)\)`)

func optimumOf(header string) float64 {
	if m := optimum.FindStringSubmatch(header); m != nil {
		if v, err := strconv.ParseFloat(strings.TrimSpace(m[1]), 64); err == nil {
			return v
		}
	}
	return math.NaN()
}

// agrees reports whether a header says that f*, or none.
func (r *run) agrees(minimum float64) bool {
	const digits = 1e-6
	return math.IsNaN(r.optimum) || math.Abs(r.optimum-minimum) <= float64(digits*(1+math.Abs(minimum)))
}

// least is the smaller of two gaps, of which one may be none.
func least(a, b float64) float64 {
	if math.IsNaN(a) || b < a {
		return b
	}
	return a
}
