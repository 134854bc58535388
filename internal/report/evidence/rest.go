package evidence

import (
	"math"

	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/theorem"
)

const (
	// restingChange is the change of ln(gap) over the last three quarters of a run that resting
	// must exclude: that of k^−½, the slowest fall that a decreasing rate is used for.
	restingChange = math.Ln2
	// smallChange is a change of ln(gap) too small to count as falling, however small its error.
	smallChange = 0.05
	// restingLevel is that of each of the two one-sided tests.
	restingLevel = 0.95
)

// Resting are the gaps at which the runs that began stay: the mean over the second half of each.
// ok is false where they do not rest, or the data do not show it.
//
// That a difference is not significant shows nothing where the noise is large. So the change of
// ln(gap) from the first quarter to the end, its mean over the runs, must be significantly
// smaller than restingChange either way (two one-sided tests, Schuirmann 1987,
// doi:10.1007/BF01068419), and must not be a significant fall, which a slow approach is.
func (e *Entry) Resting() (gaps []float64, ok bool) {
	var change, square float64
	ran := e.Ran()
	for _, c := range ran {
		if c.Failed() || c.Tail == nil {
			return nil, false
		}
		gaps = append(gaps, float64(c.Tail.Gap))
		change += float64(c.Tail.Change)
		square += float64(c.Tail.Error * c.Tail.Error)
	}
	if len(ran) == 0 {
		return nil, false
	}
	n := float64(len(ran))
	change /= n
	slack := probability.StudentQuantile(theorem.TailDegrees*len(ran), restingLevel) * math.Sqrt(square) / n
	rests := math.Abs(change)+slack < restingChange
	falls := change < -slack && change < -smallChange
	return gaps, rests && !falls
}
