package results

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
)

// Trace is the curve: entry k of every column belongs to iteration Iteration[k].
type Trace struct {
	Iteration    []int64 `json:"iteration"`
	Value        Series  `json:"value"`
	Gap          Series  `json:"gap"`
	GradientNorm Series  `json:"gradient_norm"`
	Distance     Series  `json:"distance"`
	StepLength   Series  `json:"step_length"`
	Trials       []int64 `json:"trials"`
	Slope        Series  `json:"slope"`
	TraceCounts
	Seconds Series   `json:"seconds"`
	X       []Series `json:"x,omitempty"`

	Diagnostics map[string]Series `json:"diagnostics,omitempty"`
}

// TraceColumns is how many numbers every point has, without its variables, diagnostics and
// rare counts.
var TraceColumns = func() int64 {
	columns := len(traceFields) - len([]string{"x", "diagnostics"})
	for _, c := range counts.All {
		if c.Rare() {
			columns--
		}
	}
	return int64(columns)
}()

// Count adds what has been asked for until now as an entry of each column of counts. A rare
// count has no column until there is any of it.
func (t *Trace) Count(now *Counts) {
	for count, column := range t.Each {
		total := *now.At(count)
		if count.Rare() && len(*column) == 0 {
			if total == 0 {
				continue
			}
			*column = make([]int64, len(t.Values)-1, cap(t.Values)) // Values has its entry already
		}
		*column = append(*column, total)
	}
}

// Len is the number of points.
func (t *Trace) Len() int { return len(t.Iteration) }

// Columns are the names of those columns of traces that a reader wants; nil: all of them.
type Columns []string

func (c Columns) want(name string) bool { return c == nil || slices.Contains(c, name) }

// traceFields are the places of the columns in Trace, by name.
var traceFields = func() map[string][]int {
	places := map[string][]int{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Trace]()) {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
			places[name] = field.Index
		}
	}
	return places
}()

// traceStart is how a trace begins in a line of ours, and nothing before it: quotes inside
// of texts are escaped, and a component begins with its name.
var traceStart = []byte(`,"trace":{"iteration":[`)

// cutTrace reads the trace out of a line and gives back the line without it. Nine tenths of
// a line are its trace, and encoding/json takes four times as long for it. A line in which
// no trace is found where ours have it comes back whole.
func cutTrace(line []byte, columns Columns) (rest []byte, t *Trace, err error) {
	from := bytes.Index(line, traceStart)
	if from < 0 {
		return line, nil, nil
	}
	s := scanner{text: line, at: from + len(`,"trace":`)}
	t = &Trace{}
	if err := t.scan(&s, columns); err != nil {
		return nil, nil, fmt.Errorf("trace: %w", err)
	}
	return append(line[:from:from], line[s.at:]...), t, nil
}

// UnmarshalJSON reads all columns.
func (t *Trace) UnmarshalJSON(text []byte) error {
	return t.scan(&scanner{text: text}, nil)
}

// scan reads an object of columns. What later versions add is passed over.
func (t *Trace) scan(s *scanner, columns Columns) error {
	fields := reflect.ValueOf(t).Elem()
	return s.object(func(name string) error {
		place, known := traceFields[name]
		switch {
		case !known:
			return s.skip()
		case !columns.want(name):
			return s.skipColumn()
		}
		if err := s.column(fields.FieldByIndex(place).Addr().Interface()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

// column reads into one of the types of columns that a Trace has.
func (s *scanner) column(into any) (err error) {
	switch into := into.(type) {
	case *[]int64:
		*into, err = s.integers()
	case *Series:
		*into, err = s.numbers()
	case *[]Series:
		*into, err = list(s, s.numbers)
	case *map[string]Series:
		*into = map[string]Series{}
		err = s.object(func(name string) (err error) {
			(*into)[name], err = s.numbers()
			return err
		})
	}
	return err
}
