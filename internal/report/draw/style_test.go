package draw

import (
	"fmt"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// Two series must differ in hue, dash or symbol, also where the hues are used up.
func TestSeriesDiffer(t *testing.T) {
	for name, look := range map[string]func(i int) string{
		"lines":             func(i int) string { return fmt.Sprint(hue(i), dash(0, i)) },
		"alternating lines": func(i int) string { return fmt.Sprint(hue(i), dash(i%2, i)) },
		"points": func(i int) string {
			return fmt.Sprint(hue(i), shape(&figure.Series{Kind: figure.Points, Color: i}))
		},
	} {
		seen := map[string]int{}
		for i := range 2 * len(hues) {
			if before, twice := seen[look(i)]; twice {
				t.Errorf("%s %d and %d look alike", name, before, i)
			}
			seen[look(i)] = i
		}
	}
	if got := shape(&figure.Series{Kind: figure.Points, Color: 9, Symbol: figure.Star}); got != figure.Star {
		t.Errorf("a symbol that means something becomes %q", got)
	}
	// A dotted line beside curves is a bound: an alternating eighth curve is not dotted.
	if got, dotted := fmt.Sprint(dash(1, 7)), fmt.Sprint(dashes[2]); got == dotted {
		t.Error("the eighth curve looks like a bound")
	}
}
