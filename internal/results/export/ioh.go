package export

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// writeIOH writes the logs of IOHprofiler's analyzer, version 2 of its format: one folder for each
// method, in it an index for each function (.json) and for each dimension its runs (.dat). Source:
// IOHprofiler/IOHexperimenter v0.3.23, include/ioh/logger/analyzer.hpp; de Nobel et al. 2024,
// IOHexperimenter, Evol. Comput. 32, doi:10.1162/evco_a_00342.
func writeIOH(j *job) error {
	w := &iohWriter{job: j, indices: map[string]*iohIndex{}, functions: map[string]int{}}
	if err := j.logRuns(&w.files, w.holds, w.add); err != nil {
		return err
	}
	return w.writeIndices()
}

// mostIOH is the largest function, dimension or instance that IOHinspector holds.
const mostIOH = math.MaxUint16

// holds reports whether the format has room for a cell.
func (w *iohWriter) holds(r *results.Record) bool {
	if !w.begun(r) {
		return false
	}
	_, id, _, instance := w.place(r)
	switch {
	case r.Variables == 0:
		w.leave(r, "its number of variables is not in its record, which an older gdbench wrote; run the suite again")
	case max(r.Variables, id, instance) > mostIOH:
		w.leave(r, "its dimension, or the number of its function or instance, is above %d, which IOHinspector cannot hold", mostIOH)
	default:
		return true
	}
	return false
}

// iohWriter writes runs as records come in, and the indices at last.
type iohWriter struct {
	*job
	names, problems folders
	files           appending
	indices         map[string]*iohIndex // by path
	order           []string
	functions       map[string]int // numbers of problems that are in no suite, by label
}

// iohIndex is a file .json.
type iohIndex struct {
	Version      string         `json:"version"` // of the format
	Suite        string         `json:"suite"`
	FunctionID   int            `json:"function_id"`
	FunctionName string         `json:"function_name"`
	Maximization bool           `json:"maximization"`
	Algorithm    iohAlgorithm   `json:"algorithm"`
	Attributes   []string       `json:"attributes"`
	Scenarios    []*iohScenario `json:"scenarios"`
}

type iohAlgorithm struct {
	Name string `json:"name"`
	Info string `json:"info"`
}

type iohScenario struct {
	Dimension int      `json:"dimension"`
	Path      string   `json:"path"`
	Runs      []iohRun `json:"runs"`
}

type iohRun struct {
	Instance int     `json:"instance"`
	Evals    int64   `json:"evals"`
	Best     iohBest `json:"best"`
}

type iohBest struct {
	Evals int64   `json:"evals"`
	Y     float64 `json:"y"`
}

// iohBBOB are IOHexperimenter's names of f1 to f24.
var iohBBOB = [...]string{"Sphere", "Ellipsoid", "Rastrigin", "BuecheRastrigin", "LinearSlope", "AttractiveSector", "StepEllipsoid",
	"Rosenbrock", "RosenbrockRotated", "EllipsoidRotated", "Discus", "BentCigar", "SharpRidge", "DifferentPowers", "RastriginRotated",
	"Weierstrass", "Schaffers10", "Schaffers1000", "GriewankRosenbrock", "Schwefel", "Gallagher101", "Gallagher21", "Katsuura", "LunacekBiRastrigin"}

// place is suite, number, name and instance of the problem of a record. A problem in no suite is
// numbered by its appearance.
func (w *iohWriter) place(r *results.Record) (suite string, id int, name string, instance int) {
	if b := r.Benchmark; b != nil && b.Suite == bbob && b.Function <= len(iohBBOB) {
		return "BBOB", b.Function, iohBBOB[b.Function-1], b.Instance
	}
	if w.functions[r.Labels.Problem] == 0 {
		w.functions[r.Labels.Problem] = len(w.functions) + 1
	}
	name = w.problems.of(r.Labels.Problem)
	if slices.Contains(iohBBOB[:], name) {
		name += "_gdbench" // with the number of that function its log would be the same file
	}
	return "gdbench", w.functions[r.Labels.Problem], name, 1
}

// add logs one run.
func (w *iohWriter) add(r *results.Record, p counts.Price) error {
	suite, id, name, instance := w.place(r)
	folder := filepath.Join(w.Folder, w.names.of(r.Labels.Method)+suffix(p))
	data := fmt.Sprintf("data_f%d_%s/IOHprofiler_f%d_DIM%d.dat", id, name, id, r.Variables)
	out, err := w.files.to(filepath.Join(folder, filepath.FromSlash(data)))
	if err != nil {
		return err
	}
	points := course(r, p)
	found := points[0]
	out.WriteString("evaluations raw_y\n")
	for k, at := range points {
		if at.best < found.best || k == 0 {
			found = at
		} else if k < len(points)-1 {
			continue
		}
		fmt.Fprintf(out, "%d %s\n", at.cost, iohNumber(at.best))
	}
	s := w.scenario(filepath.Join(folder, fmt.Sprintf("IOHprofiler_f%d_%s.json", id, name)), iohIndex{
		Version: "0.3.23", Suite: suite, FunctionID: id, FunctionName: name, Attributes: []string{"evaluations", "raw_y"},
		Algorithm: iohAlgorithm{Name: r.Labels.Method + strings.ReplaceAll(suffix(p), "_", " "), Info: "gdbench " + w.Version + "; " + p.Words()},
	}, r.Variables, data)
	s.Runs = append(s.Runs, iohRun{Instance: instance, Evals: points[len(points)-1].cost, Best: iohBest{Evals: found.cost, Y: finite(found.best)}})
	return nil
}

// iohNumber has ten decimals, as the format wants; what that would round to less than six
// digits is written with an exponent.
func iohNumber(v float64) string {
	v = finite(v)
	if v != 0 && math.Abs(v) < 1e-4 || math.Abs(v) >= 1e15 {
		return fmt.Sprintf("%.10e", v)
	}
	return fmt.Sprintf("%.10f", v)
}

// scenario is the entry of an index for a dimension; the index is begun where there is none.
func (w *iohWriter) scenario(path string, begin iohIndex, dimension int, data string) *iohScenario {
	index := w.indices[path]
	if index == nil {
		index = &begin
		w.indices[path], w.order = index, append(w.order, path)
	}
	for _, s := range index.Scenarios {
		if s.Dimension == dimension {
			return s
		}
	}
	s := &iohScenario{Dimension: dimension, Path: data}
	index.Scenarios = append(index.Scenarios, s)
	return s
}

func (w *iohWriter) writeIndices() error {
	for _, path := range w.order {
		content, err := json.MarshalIndent(w.indices[path], "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, append(content, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}
