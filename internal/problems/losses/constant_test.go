package losses

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/data"
)

// However many features are constant, one note says so; where none is, there is none.
func TestOneNoteOnConstantFeatures(t *testing.T) {
	raw := &data.Samples{Name: "d"}
	many := make([]int, 300)
	for i := range many {
		many[i] = i
	}
	for want, features := range map[string][]int{
		"": nil,
		"feature 3 of data set d is constant; it is zero after standardization":                                                                             {2},
		"300 features of data set d are constant (feature 1, feature 2, feature 3, feature 4, feature 5 and 295 more); they are zero after standardization": many,
	} {
		if got := strings.Join(constant(raw, features), "\n"); got != want {
			t.Errorf("got %q; expected %q", got, want)
		}
	}
}
