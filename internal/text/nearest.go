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
	best, distance := "", 1+max(2, len(name)/3)
	for _, v := range valid {
		d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(v))
		if d > 0 && d >= len(name)-1 && !(name != "" && strings.HasPrefix(v, name[:1])) {
			continue // hardly a letter in common, as of foo and on; dmi and dim are alike
		}
		if d < distance {
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
	case len(valid) == 1:
		return "; the only one is " + valid[0]
	case len(valid) <= 16:
		return "; known are " + strings.Join(valid, ", ")
	}
	return ""
}
