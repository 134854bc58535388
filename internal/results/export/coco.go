package export

import (
	"bufio"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/results"
)

// writeCOCO writes the logs of COCO's logger for bbob, in data format bbob-new2: one folder for
// each method, in it an index for each function (.info) and for each dimension the course by
// targets (.dat) and by evaluations (.tdat). Source: numbbo/coco-experiment v2.8.2,
// src/logger_bbob.c; Hansen et al. 2016, COCO: The experimental procedure, arXiv:1603.08776.
func writeCOCO(j *job) error {
	w := &cocoWriter{job: j, indices: map[string]*cocoIndex{}}
	if err := j.logRuns(&w.files, j.holdsCOCO, w.add); err != nil {
		return err
	}
	w.notes()
	return w.writeIndices()
}

// cocoDimensions are those of the suite bbob: cocopp knows no other.
var cocoDimensions = []int{2, 3, 5, 10, 20, 40}

// holdsCOCO reports whether COCO's suite has the problem of a cell.
func (j *job) holdsCOCO(r *results.Record) bool {
	switch {
	case r.Benchmark == nil || r.Benchmark.Suite != bbob:
		j.leave(r, "its problem is not one of COCO's suite bbob, the problems {name: bbob, function: 1 to 24}")
	case !slices.Contains(cocoDimensions, r.Variables):
		j.leave(r, "it has %d variables; the suite bbob has 2, 3, 5, 10, 20 and 40", r.Variables)
	default:
		return j.begun(r)
	}
	return false
}

// cocoWriter writes logs as records come in, and the indices at last.
type cocoWriter struct {
	*job
	names   folders
	files   appending
	indices map[string]*cocoIndex // by path
	order   []string
}

// cocoIndex is a file .info.
type cocoIndex struct {
	blocks []*cocoBlock // by dimension, in order of appearance
}

// cocoBlock is what an index says of one dimension.
type cocoBlock struct {
	header string
	data   string // path of the file .dat
	runs   []string
}

// add logs one run.
func (w *cocoWriter) add(r *results.Record, p counts.Price) error {
	method := w.names.of(r.Labels.Method) + suffix(p)
	b := r.Benchmark
	data := fmt.Sprintf("data_f%d/bbobexp_f%d_DIM%d", b.Function, b.Function, r.Variables)
	points := course(r, p)
	for _, log := range []struct {
		extension string
		write     func(*bufio.Writer, []point, float64, int)
	}{{".dat", writeDat}, {".tdat", writeTdat}} {
		out, err := w.files.to(filepath.Join(w.Folder, method, filepath.FromSlash(data)+log.extension))
		if err != nil {
			return err
		}
		f := float64(r.Minimum.Value)
		fmt.Fprintf(out, "%% f evaluations | g evaluations | best noise-free fitness - Fopt (%.12e) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...\n", f)
		log.write(out, points, f, r.Variables)
	}
	last := points[len(points)-1]
	block := w.block(filepath.Join(w.Folder, method, fmt.Sprintf("bbobexp_f%d.info", b.Function)), r, method, data+".dat", p)
	block.runs = append(block.runs, fmt.Sprintf("%d:%d|%.1e", b.Instance, last.cost, finite(last.best)))
	return nil
}

// block is the entry of an index for the dimension of a record.
func (w *cocoWriter) block(path string, r *results.Record, method, data string, p counts.Price) *cocoBlock {
	index := w.indices[path]
	if index == nil {
		index = &cocoIndex{}
		w.indices[path], w.order = index, append(w.order, path)
	}
	if i := slices.IndexFunc(index.blocks, func(b *cocoBlock) bool { return b.data == data }); i >= 0 {
		return index.blocks[i]
	}
	b := &cocoBlock{data: data, header: fmt.Sprintf(
		"suite = '%s', funcId = %d, DIM = %d, Precision = 1.000e-08, algId = '%s', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'\n%% gdbench %s; %s",
		bbob, r.Benchmark.Function, r.Variables, method, w.Version, p.Words())}
	index.blocks = append(index.blocks, b)
	return b
}

func (w *cocoWriter) writeIndices() error {
	for _, path := range w.order {
		var lines []string
		for _, b := range w.indices[path].blocks {
			lines = append(lines, b.header, b.data+", "+strings.Join(b.runs, ", "))
		}
		out, err := w.files.to(path)
		if err != nil {
			return err
		}
		out.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return w.files.close()
}

// writeDat logs by targets: the first evaluation, every one with which the best gap falls below
// another power of 10^(1/20) or, while it is large, multiple of 1e5, and the last.
func writeDat(out *bufio.Writer, points []point, minimum float64, _ int) {
	reached, steps := math.MaxInt, math.Inf(1)
	for k, p := range points {
		level, step := targetLevel(p.best), math.Ceil(p.best/1e5)
		if k == 0 || level < reached || step < steps || k == len(points)-1 {
			writeCOCOLine(out, p.cost, p, minimum)
		}
		reached = min(reached, level)
		if step < steps {
			steps = step
		}
	}
}

// targetLevel is the least k with gap ≤ 10^(k/20). Gaps below 1e-8 are one level, 0 another.
func targetLevel(gap float64) int {
	switch {
	case math.IsNaN(gap) || math.IsInf(gap, 0):
		return math.MaxInt
	case gap <= 0:
		return -180
	}
	return int(math.Ceil(20 * elementary.Log10(max(gap, 1e-8))))
}

// writeTdat logs by evaluations: ⌊10^(j/20)⌋, {1, 2, 5}·D·10^j, and the last. The best gap at an
// evaluation is the one that was known before.
func writeTdat(out *bufio.Writer, points []point, minimum float64, dim int) {
	last, k := points[len(points)-1], 0
	for _, n := range moments(last.cost, dim) {
		for k+1 < len(points) && points[k+1].cost <= n {
			k++
		}
		writeCOCOLine(out, n, points[k], minimum)
	}
}

// moments are the evaluations, up to the last, at which COCO logs.
func moments(last int64, dim int) []int64 {
	var out []int64
	for j := 0; ; j++ {
		n := int64(elementary.Pow(10, float64(j)/20))
		if n >= last {
			break
		}
		out = append(out, n)
	}
	for base := int64(dim); base < last; base *= 10 {
		for _, factor := range []int64{1, 2, 5} {
			if factor*base < last {
				out = append(out, factor*base)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(append(out, last))
}

// writeCOCOLine writes evaluations, constraints, the best gap, the value there and the best value.
func writeCOCOLine(out *bufio.Writer, cost int64, p point, minimum float64) {
	value := func(gap float64) float64 {
		if v := finite(gap); v < nothing {
			return v + minimum
		}
		return finite(gap)
	}
	fmt.Fprintf(out, "%d %d %+10.9e %+10.9e %+10.9e\n", cost, 0, finite(p.best), value(p.gap), value(p.best))
}

// nothing is from where on COCO's numbers are none.
const nothing = 1e21

// finite is a number as COCO's logger writes it.
func finite(v float64) float64 {
	switch {
	case math.IsNaN(v):
		return 2e21
	case math.IsInf(v, 0):
		return 3e21
	}
	return v
}

// notes says what a reader of the logs had better know.
func (w *cocoWriter) notes() {
	for _, label := range slices.Sorted(maps.Keys(w.names.byLabel)) {
		if name := w.names.byLabel[label]; name != label {
			w.note("folders are named by labels in which signs that a folder or COCO cannot hold became _: %q is %s", label, name)
			break
		}
	}
}
