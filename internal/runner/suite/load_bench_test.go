package suite_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// BenchmarkLoad reads suites with many cells. The time a cell must not depend on their number,
// nor that of the cells that are excluded.
func BenchmarkLoad(b *testing.B) {
	axis := func(n int) string { return fmt.Sprintf("gradient-descent, lr: {lin: [0.001, 0.1, %d]}", n) }
	list := func(n int) string {
		values := make([]string, n)
		for i := range values {
			values[i] = fmt.Sprint(0.001 + 1e-7*float64(i))
		}
		return "gradient-descent, lr: [" + strings.Join(values, ", ") + "]"
	}
	excluded := func(n int) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "  - {method: fixed-step, lr: %g}\n", 0.001+0.001*float64(i))
		}
		return out.String()
	}
	for _, c := range []struct {
		name, problems, method string
		exclude, cells         int
	}{
		{"axis", "[sphere]", axis(1_000), 0, 1_000},
		{"axis", "[sphere]", axis(100_000), 0, 100_000},
		{"axis", "[sphere]", axis(1_000_000), 0, 1_000_000},
		{"list", "[sphere]", list(100_000), 0, 100_000},
		{"product", "[{name: quadratic, condition: {lin: [1, 1000, 1000]}}]", axis(1_000), 0, 1_000_000},
		{"two axes", "[sphere]", "sgd, lr: {lin: [0.001, 0.1, 1000]}, momentum: {lin: [0, 0.9, 1000]}", 0, 1_000_000},
		{"excluded", "[sphere]", axis(20_000), 1_000, 19_901},
	} {
		text := "suite: a\nproblems: " + c.problems + "\nmethods: [{name: " + c.method + "}]\n"
		if c.exclude > 0 {
			text += "exclude:\n" + excluded(c.exclude)
		}
		b.Run(fmt.Sprint(c.name, " ", c.cells), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := suite.Read("a.yaml", ".", strings.NewReader(text), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*c.cells), "ns/cell")
		})
	}
}
