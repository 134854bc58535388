package text

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Suggest ends a message about an unknown name: with the nearest valid one where there is
// one, with the list of valid names where that is short.
func Suggest(name string, valid []string) string {
	valid = slices.Sorted(slices.Values(valid))
	best, distance := "", min(1+max(2, len(name)/3), max(2, len(name)-1))
	for _, v := range valid {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(v)); d < distance {
			best, distance = v, d
		}
	}
	if at := slices.IndexFunc(valid, func(v string) bool { return len(name) > 2 && strings.HasPrefix(v, name) }); best == "" && at >= 0 {
		best = valid[at]
	}
	switch {
	case best != "":
		return fmt.Sprintf("; did you mean %q?", best)
	case len(valid) == 0:
		return "; none are known here"
	case len(valid) <= 16:
		return "; known are " + strings.Join(valid, ", ")
	}
	return ""
}
