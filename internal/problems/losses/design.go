package losses

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
)

// Design says how a data set becomes the rows of a model.
type Design struct {
	L2          param.Length `param:"l2" default:"0" range:"[0,)" doc:"weight of the regularizer (l2/2)‖w‖²; it may depend on the numbers n of training samples and d of features: 1/n"`
	Intercept   string       `param:"intercept" default:"penalized" oneof:"penalized free none" doc:"column of ones after the features: in the regularizer (penalized), not in it (free), or none"`
	Standardize bool         `param:"standardize" default:"true" doc:"scale features to mean 0 and population standard deviation 1"`
	Split       float64      `param:"split" default:"0" range:"[0,1)" doc:"fraction of the samples held out for validation"`
	Division    int          `param:"division" default:"0" range:"[0,)" later:"true" doc:"index of the random division into training and held-out samples; a list of numbers makes a grid of divisions"`
	Duplicates  int          `param:"duplicates" default:"1" range:"[1,10000]" doc:"number of copies of the training samples"`
}

// samples are rows of a model with their targets.
type samples struct {
	x    data.Matrix
	y    []float64
	rows []int32 // all of them: 0, 1, …
}

func newSamples(x data.Matrix, y []float64) samples {
	s := samples{x, y, make([]int32, len(y))}
	for i := range s.rows {
		s.rows[i] = int32(i)
	}
	return s
}

func (s samples) count() int { return len(s.y) }

// model is a data set made ready for a loss.
type model struct {
	train, validation samples // validation.x is nil where nothing is held out
	notes             []string
	sizes             map[string]float64 // see the function
}

// prepare loads the set, turns its labels into targets, and lays out the rows.
func (d *Design) prepare(env problems.Env, set data.Set, targets func(*data.Samples) ([]float64, error)) (*model, error) {
	if set == nil {
		return nil, errors.New("no data set; expected the name of a data set, or a path")
	}
	raw, err := set.Load(env)
	if err != nil {
		return nil, err
	}
	y, err := targets(raw)
	if err != nil {
		return nil, err
	}
	train, held, err := d.divide(env, len(y))
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", raw.Name, err)
	}
	known := sizes(raw, train)
	if err := resolve(&d.L2, "l2", known); err != nil {
		return nil, err
	}
	layout := data.Layout{Ones: d.Intercept != "none"}
	m := &model{notes: slices.Clone(raw.Notes), sizes: known}
	if d.Standardize {
		if j, ok := layout.Standardize(raw.X, train); !ok {
			return nil, fmt.Errorf("data set %s: %s is too large to be standardized; scale the column, or use standardize: false", raw.Name, raw.Feature(j))
		}
		m.notes = append(m.notes, constant(raw, layout.Constant())...)
	}
	if len(train) > int(limit.Data.Max())/d.Duplicates {
		return nil, fmt.Errorf("data set %s: %d copies of %d samples are too many: %s", raw.Name, d.Duplicates, len(train), limit.Data.Exceeded())
	}
	repeated := make([]int32, 0, len(train)*d.Duplicates)
	for range d.Duplicates {
		repeated = append(repeated, train...)
	}
	x, err := layout.Apply(raw.X, repeated)
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", raw.Name, err)
	}
	m.train = newSamples(x, pick(y, repeated))
	if len(held) > 0 {
		if x, err = layout.Apply(raw.X, held); err != nil {
			return nil, fmt.Errorf("data set %s: %w", raw.Name, err)
		}
		m.validation = newSamples(x, pick(y, held))
	}
	return m, nil
}

// sizes are the constants that the weight of a regularizer may depend on.
func sizes(raw *data.Samples, train []int32) map[string]float64 {
	_, features := raw.X.Dims()
	return map[string]float64{"n": float64(len(train)), "d": float64(features)}
}

// resolve finds the number of a weight that may be an expression in constants.
func resolve(weight *param.Length, name string, constants map[string]float64) error {
	known := strings.Join(slices.Sorted(maps.Keys(constants)), ", ")
	err := weight.Resolve(func(constant string) (float64, error) {
		v, ok := constants[constant]
		if !ok {
			return 0, fmt.Errorf("unknown constant %q; known are %s", constant, known)
		}
		return v, nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case weight.Value < 0:
		return fmt.Errorf("%s = %g; expected a number ≥ 0", name, weight.Value)
	}
	return nil
}

// constant is the note of features that have one value only, none where there are none.
func constant(raw *data.Samples, features []int) []string {
	switch n := len(features); {
	case n == 0:
		return nil
	case n == 1:
		return []string{fmt.Sprintf("%s of data set %s is constant; it is zero after standardization", raw.Feature(features[0]), raw.Name)}
	default:
		names := make([]string, n)
		for i, j := range features {
			names[i] = raw.Feature(j)
		}
		return []string{fmt.Sprintf("%d features of data set %s are constant (%s); they are zero after standardization", n, raw.Name, text.Few(names, 5))}
	}
}

// divide deals the samples into a training and a held-out part, both in the order of the
// data. Which samples are held out depends on the suite's seed, on the division and on how many there are,
// so that losses and regularizers are compared on the same ones.
func (d *Design) divide(env problems.Env, m int) (train, held []int32, err error) {
	out := make([]bool, m)
	size := int(math.Round(float64(d.Split * float64(m))))
	if size == m || d.Split > 0 && size == 0 {
		return nil, nil, fmt.Errorf("split = %g of %d samples leaves one part empty", d.Split, m)
	}
	if size > 0 {
		axes := []any{"split", m}
		if d.Division > 0 {
			axes = append(axes, d.Division)
		}
		rng := rand.New(random.NewSource(env.Seed, axes...))
		for _, i := range rng.Perm(m)[:size] {
			out[i] = true
		}
	}
	for i := range int32(m) {
		if out[i] {
			held = append(held, i)
		} else {
			train = append(train, i)
		}
	}
	return train, held, nil
}

// DividedBy is the parameter that numbers the divisions, and the number; "" where nothing is held out.
func (d *Design) DividedBy() (parameter string, number int) { return dividedBy(d.Split, d.Division) }

func dividedBy(split float64, division int) (string, int) {
	if split == 0 {
		return "", 0
	}
	return "division", division
}

func pick(y []float64, rows []int32) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = y[i]
	}
	return out
}
