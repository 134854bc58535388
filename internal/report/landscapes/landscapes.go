// Package landscapes keeps in a run folder what the figures of a report look up between the
// iterates: values of f on a grid or along a line, and the points that are known. So a report
// has the same figures whichever problems its binary has registered.
//
// What is kept are the very evaluations that the figures ask for, point by point, when the
// run is over and the problems are at hand. Problems in more than two variables have no such
// figures.
package landscapes

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/results"
)

// File is the name in the run folder.
const File = "landscapes.json.gz"

// mostCells is the number of cells up to which a run keeps landscapes; beyond it figures of
// single problems are few.
const mostCells = 20_000

// kept is the landscape of one problem.
type kept struct {
	Problem    string                   `json:"problem"` // label
	Variables  int                      `json:"variables"`
	L          float64                  `json:"L,omitempty"`
	Start      []float64                `json:"start,omitempty"`
	Window     *evidence.Window         `json:"window,omitempty"`
	Minimizers [][]float64              `json:"minimizers,omitempty"`
	Critical   []evidence.CriticalPoint `json:"critical,omitempty"`
	Points     [][]results.Number       `json:"points"` // x, f and, where it was asked for, ∇f
}

// place is a point in one or two variables.
type place [2]float64

func placeOf(x []float64) (p place) {
	copy(p[:], x)
	return p
}

// Keep evaluates what the figures of a run look at and writes it into the run folder. It does
// nothing where no problem has one or two variables.
func Keep(run *results.Run, rebuild evidence.Rebuild) error {
	if run.Manifest.Cells > mostCells || !hasFew(run) {
		return nil
	}
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		return err
	}
	var all []*recorder
	recording := func(r *results.Record) (*evidence.Landscape, error) {
		l, err := rebuild(r)
		if err != nil || l == nil || l.Evaluate == nil || l.Dim > 2 {
			return l, err
		}
		k := &recorder{kept: kept{Problem: r.Labels.Problem, Variables: l.Dim, L: l.L, Start: l.Start, Window: l.Window,
			Minimizers: l.Minimizers, Critical: l.Critical}, seen: map[place]int{}}
		all = append(all, k)
		return k.watch(l), nil
	}
	plots.Of(e, plots.Selection{Rebuild: recording}, func(string, ...any) {}) // its complaints are those of the report
	list := make([]kept, len(all))
	for i, k := range all {
		list[i] = k.kept
	}
	return write(filepath.Join(run.Folder, File), list)
}

// hasFew reports whether a problem of the run has one or two variables.
func hasFew(run *results.Run) bool {
	for r, err := range run.RecordsWith(results.Columns{}) {
		if err != nil {
			return false
		}
		if r.Variables == 1 || r.Variables == 2 {
			return true
		}
	}
	return false
}

// recorder notes the evaluations of one landscape.
type recorder struct {
	kept
	seen map[place]int // index in Points
}

func (k *recorder) watch(l *evidence.Landscape) *evidence.Landscape {
	watched := *l
	watched.Evaluate = func(x, gradient []float64) float64 {
		f := l.Evaluate(x, gradient)
		row := make([]results.Number, 0, 2*len(x)+1)
		for _, v := range x {
			row = append(row, results.Number(v))
		}
		row = append(row, results.Number(f))
		for _, v := range gradient {
			row = append(row, results.Number(v))
		}
		if at, known := k.seen[placeOf(x)]; !known {
			k.seen[placeOf(x)] = len(k.Points)
			k.Points = append(k.Points, row)
		} else if len(row) > len(k.Points[at]) {
			k.Points[at] = row
		}
		return f
	}
	return &watched
}

func write(path string, list []kept) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := errors.Join(json.NewEncoder(z).Encode(list), z.Close()); err != nil {
		return err
	}
	return atomicfile.Write(path, b.Bytes(), 0o644)
}

// Read is the landscapes of a run by the labels of problems, none where it kept none.
func Read(folder string) (map[string]*evidence.Landscape, error) {
	path := filepath.Join(folder, File)
	text, err := limit.ReadFile(path, "what a run keeps of its landscapes")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []kept
	z, err := limit.NewInflated(bytes.NewReader(text), gzip.NewReader)
	if err == nil {
		err = json.NewDecoder(z).Decode(&list)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: not what a run keeps of its landscapes: %w; delete the file", path, err)
	}
	out := map[string]*evidence.Landscape{}
	for i := range list {
		if l := list[i].landscape(); l != nil {
			out[list[i].Problem] = l
		}
	}
	return out, nil
}

// landscape evaluates by looking up; elsewhere f is not a number. It is nil where the numbers
// do not fit together.
func (k *kept) landscape() *evidence.Landscape {
	n := k.Variables
	if n < 1 || n > 2 {
		return nil
	}
	at := make(map[place][]results.Number, len(k.Points))
	for _, row := range k.Points {
		if len(row) != n+1 && len(row) != 2*n+1 {
			return nil
		}
		var p place
		for i := range n {
			p[i] = float64(row[i])
		}
		at[p] = row[n:]
	}
	return &evidence.Landscape{Dim: n, L: k.L, Start: k.Start, Window: k.Window, Minimizers: k.Minimizers, Critical: k.Critical,
		Evaluate: func(x, gradient []float64) float64 {
			row := at[placeOf(x)]
			for i := range gradient {
				gradient[i] = math.NaN()
				if len(row) == n+1 {
					gradient[i] = float64(row[1+i])
				}
			}
			if row == nil {
				return math.NaN()
			}
			return float64(row[0])
		}}
}
