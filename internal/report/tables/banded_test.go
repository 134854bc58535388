package tables

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/search"
)

// A row without a band has the parts of one with a band, as a file with one head for all rows needs, and reads as a number.
func TestBandedHasTheSameParts(t *testing.T) {
	with, without := banded(search.Estimate{Value: 2, Low: 1, High: 3}), banded(search.Estimate{Value: 2, Low: math.NaN(), High: math.NaN()})
	if len(with.Parts()) != 3 || len(without.Parts()) != 3 || with.Read() != "2 (1–3)" || without.Read() != "2" {
		t.Errorf("%q with %v, %q with %v", with.Read(), with.Parts(), without.Read(), without.Parts())
	}
}
