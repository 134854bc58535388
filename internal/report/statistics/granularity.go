package statistics

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// GranularityBias is the most by which the mean of a sample can be wrong because its
// numbers were read on a scale with steps of a given width: half a step where all fall
// between the same two marks, next to nothing where their own spread is wider than a step.
// For normal numbers with standard deviation σ the error is at most
// step/2·exp(−2π²σ²/step²) (Widrow & Kollár 2008, Quantization Noise, chapters 4 and 5,
// doi:10.1017/CBO9780511754661). Deviation is that of the numbers as read; the most that
// reading can have added to their variance, step²/4 where they lie about one mark, is
// taken off.
func GranularityBias(step, deviation float64) float64 {
	if !(step > 0) {
		return 0
	}
	variance := 0.0
	if !math.IsNaN(deviation) {
		variance = math.Max(0, float64(deviation*deviation)-float64(step*step/4))
	}
	return step / 2 * elementary.Exp(-2*math.Pi*math.Pi*variance/float64(step*step))
}
