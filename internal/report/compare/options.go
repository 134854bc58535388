package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/text"
)

// Options choose what is compared and what is tolerated.
type Options struct {
	Alpha       float64    // probability of a red verdict without a regression, over the whole run; 0: DefaultAlpha
	Delta       float64    // tolerated loss of random costs; 0: that of the suite, or DefaultDelta
	Sensitivity float64    // loss of the suite, as a ratio, that must be findable; 0: that of the suite, or DefaultSensitivity
	Metrics     []Metric   // nil: DefaultMetrics
	Target      string     // accuracy whose cost is compared: "1e-6", "absolute 1e-3"; "": the finest
	Accepted    []Accepted // verdicts that do not count
	Today       time.Time  // on which they may have ended
	Time        bool       // seconds are gated

	lossesOnly bool // simulations that count red verdicts need no power and no improvements
	planned    bool // the pairs are made up for a plan, and did not share their start
}

// Defaults of Options.
const (
	DefaultAlpha       = 0.05
	DefaultDelta       = 0.05
	DefaultSensitivity = 2
)

// tolerance is the loss of an exact count that is shown but does not count against NEW. A change
// of one count is tolerated whatever its share.
const tolerance = 0.02

func (o *Options) complete() error {
	if o.Alpha == 0 {
		o.Alpha = DefaultAlpha
	}
	if !(o.Alpha > 0 && o.Alpha < 1) {
		return fmt.Errorf("alpha is %s; expected a probability between 0 and 1", text.Exact(o.Alpha))
	}
	if o.Delta != 0 && !(o.Delta > 0 && o.Delta < 10) {
		return fmt.Errorf("delta is %s; expected a share such as 0.05", text.Exact(o.Delta))
	}
	if o.Sensitivity != 0 && !(o.Sensitivity > 1 && o.Sensitivity <= math.MaxFloat64) {
		return fmt.Errorf("sensitivity is %s; expected a ratio above 1, such as 1.2 for a loss of 20%%", text.Exact(o.Sensitivity))
	}
	if len(o.Metrics) == 0 {
		o.Metrics = DefaultMetrics
	}
	return nil
}

// ParseMetrics reads the names of metrics.
func ParseMetrics(names []string) ([]Metric, error) {
	var known []string
	for _, m := range Metrics {
		known = append(known, string(m))
	}
	var out []Metric
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown metric %q%s", name, text.Suggest(name, known))
		}
		out = append(out, Metric(name))
	}
	return out, nil
}

// errTarget explains a target that a suite lacks.
func errTarget(wanted string, have []string) error {
	if len(have) == 0 {
		return fmt.Errorf("there is no target %q: the runs record none", wanted)
	}
	return fmt.Errorf("there is no target %q; the runs have %s", wanted, strings.Join(have, ", "))
}
