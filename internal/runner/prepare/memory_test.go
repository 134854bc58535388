package prepare_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
)

// A network that is too large is refused before any of it is allocated: with the input of two-moons, which
// has 2 features, and one output, widths [30000, 30000] make 30000·3 + 30000·30001 + 30001 parameters.
// Instances and wrappers around it change nothing.
func TestNetworksThatAreTooLarge(t *testing.T) {
	for problem, want := range map[string]string{
		"{name: mlp, widths: [30000, 30000]}":                         "900150001 variables",
		"{name: mlp, widths: [100000, 100000, 100000]}":               "20000600001 variables",
		"{name: shift, of: {name: mlp, widths: [30000, 30000]}}":      "900150001 variables",
		"{name: mlp, widths: [30000, 30000], constraint: {ball: 10}}": "900150001 variables",
		"{name: mlp, widths: [30, 30]}":                               "",
	} {
		s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nproblems: ["+problem+"]\nmethods: [fista]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = prepare.All(context.Background(), s, 1)
		runtime.ReadMemStats(&after)
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", problem, err)
			}
			continue
		}
		if err == nil || !strings.HasPrefix(err.Error(), "it.yaml:2:12: problem ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected a refusal of %s", problem, err, want)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
			t.Errorf("%s: %d MiB were allocated before it was refused", problem, used>>20)
		}
	}
}
