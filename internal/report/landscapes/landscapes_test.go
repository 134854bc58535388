package landscapes

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// planar is a run on a bowl in two variables with its paths.
func planar(t *testing.T) *results.Run {
	return synthetic.Write(t, []synthetic.Draft{{Problem: "bowl", Method: "m", Status: results.Converged, Gaps: synthetic.Halving(0.5, 12),
		Targets: []float64{0.1}, Path: true, Mend: func(r *results.Record) { r.Variables = 2 }}}, "")
}

func bowl(*results.Record) (*evidence.Landscape, error) {
	l := evidencetest.Bowl(2)
	l.Minimizers, l.Window = [][]float64{{0, 0}}, &evidence.Window{X: [2]float64{-1, 1}, Y: [2]float64{-2, 2}}
	return l, nil
}

// What is kept answers every question of the figures as the problem did, and no other.
func TestKeptAnswers(t *testing.T) {
	run := planar(t)
	if err := Keep(run, bowl); err != nil {
		t.Fatal(err)
	}
	kept, err := Read(run.Folder)
	if err != nil || kept["bowl"] == nil {
		t.Fatalf("kept %v, %v", kept, err)
	}
	l := kept["bowl"]
	if len(l.Minimizers) != 1 || l.Window == nil || l.Window.Y[1] != 2 {
		t.Errorf("kept facts %+v", l)
	}
	asked := 0
	comparing := func(*results.Record) (*evidence.Landscape, error) {
		of, _ := bowl(nil)
		exact := of.Evaluate
		of.Evaluate = func(x, gradient []float64) float64 {
			asked++
			want, got := exact(x, nil), l.Evaluate(x, nil)
			if want != got {
				t.Fatalf("f(%v) = %v; kept is %v", x, want, got)
			}
			return exact(x, gradient)
		}
		return of, nil
	}
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	plots.Of(e, plots.Selection{Rebuild: comparing}, func(string, ...any) {})
	if asked == 0 {
		t.Error("no figure looked")
	}
	if v := l.Evaluate([]float64{0.123456, 7}, nil); !math.IsNaN(v) {
		t.Errorf("f where no figure looks is %v; expected NaN", v)
	}
}

// Runs without a problem in one or two variables keep nothing; a problem that cannot be made
// is left to the report.
func TestKeptNothing(t *testing.T) {
	run := planar(t)
	if err := Keep(run, func(*results.Record) (*evidence.Landscape, error) { return nil, errors.New("unknown") }); err != nil {
		t.Fatal(err)
	}
	if kept, err := Read(run.Folder); err != nil || len(kept) > 0 {
		t.Errorf("kept %v, %v of a problem that cannot be made", kept, err)
	}
	wide := synthetic.Write(t, []synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{1, 0.5}, Dim: 30,
		Mend: func(r *results.Record) { r.Variables = 30 }}}, "")
	if err := Keep(wide, bowl); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(wide.Folder, File)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was written: %v", err)
	}
}

func TestReadSaysWhatIsDamaged(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, File), []byte("no gzip"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(folder); err == nil || !strings.Contains(err.Error(), "delete the file") {
		t.Errorf("error %v; expected what to do", err)
	}
}
