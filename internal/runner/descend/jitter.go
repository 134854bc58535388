package descend

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// jitter runs a deterministic cell from starts moved by a few units in the last place, and
// returns the different outcomes, each with the number of starts that led to it. Deterministic is not stable: where they spread, a change
// of rounding alone moves the counts, and a gate must not take it for a regression.
func (w *Worker) jitter(c suite.Cell, b *prepare.Built) ([]results.Jittered, error) {
	if !c.Deterministic {
		return nil, nil
	}
	var out []results.Jittered
	for k := range w.suite.Jitter {
		w.nudge = rand.New(random.NewSource(w.suite.Seed, c.Problem.Text, "jitter", k))
		var r results.Record
		err := w.descend(c, b, &r)
		w.nudge = nil
		if errors.Is(err, errStopped) {
			return nil, err
		}
		if err != nil {
			return nil, nil // the cell itself will say so
		}
		j := jittered(&r)
		same := func(o results.Jittered) bool { o.Times = 0; return reflect.DeepEqual(o, j) }
		at := slices.IndexFunc(out, same)
		if at < 0 {
			at, out = len(out), append(out, j)
		}
		out[at].Times++
	}
	return out, nil
}

// jittered keeps what a comparison asks for.
func jittered(r *results.Record) results.Jittered {
	return results.Jittered{
		Status: r.Status, Iterations: r.Iterations, Counts: r.Counts,
		Gap: r.Final.Gap, GradientNorm: r.Final.GradientNorm, Targets: slices.Clone(r.Targets),
	}
}

// nudge moves each coordinate by up to four units in the last place.
func nudge(x []float64, rng *rand.Rand) {
	for i := range x {
		steps := rng.IntN(9) - 4
		for range max(steps, -steps) {
			x[i] = math.Nextafter(x[i], math.Inf(steps))
		}
	}
}
