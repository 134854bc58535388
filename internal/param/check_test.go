package param

import (
	"errors"
	"strings"
	"testing"
)

type inCode struct {
	Rate  Length    `param:"lr" range:"(0,)"`
	Betas []float64 `param:"betas" default:"[0.9, 0.99]" range:"[0,1)"`
	Kind  string    `param:"kind" default:"plain" oneof:"plain fancy"`
	Limit int       `param:"limit" default:"none" range:"[1,)"`
	Part  codePart  `param:"part" default:"fine"`
	even  bool
}

func (c *inCode) Validate() error {
	if c.even && c.Limit%2 != 0 {
		return errors.New("the limit must be even")
	}
	return nil
}

type codePart interface{ isPart() }

type finePart struct {
	Scale float64 `param:"scale" default:"1" range:"(0,1]"`
}

func (*finePart) isPart() {}

func init() {
	NewRegistry[codePart]("part").Register("fine", Info{}, func() any { return new(finePart) })
}

func TestCheck(t *testing.T) {
	good := func() *inCode {
		return &inCode{Rate: NewLength(0.1), Betas: []float64{0.5}, Kind: "fancy", Part: &finePart{Scale: 1}}
	}
	for name, c := range map[string]struct {
		change func(*inCode)
		want   string
	}{
		"good":                 {func(*inCode) {}, ""},
		"no limit is no value": {func(c *inCode) { c.Limit = 0 }, ""},
		"the zero length":      {func(c *inCode) { c.Rate = Length{} }, "lr is 0; expected a number > 0"},
		"an entry of a list":   {func(c *inCode) { c.Betas = []float64{0.5, 1} }, "betas.1 is 1; expected a number ≥ 0 and < 1"},
		"a word":               {func(c *inCode) { c.Kind = "odd" }, `kind is "odd"; expected one of plain, fancy`},
		"a number":             {func(c *inCode) { c.Limit = -1 }, "limit is -1; expected a number ≥ 1"},
		"a missing part":       {func(c *inCode) { c.Part = nil }, "part is nil; expected a part"},
		"a part":               {func(c *inCode) { c.Part = &finePart{} }, "part.scale is 0; expected a number > 0 and ≤ 1"},
		"its own check":        {func(c *inCode) { c.even, c.Limit = true, 3 }, "the limit must be even"},
	} {
		t.Run(name, func(t *testing.T) {
			component := good()
			c.change(component)
			err := Check(component)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error %v, expected %q", err, c.want)
			}
		})
	}
	if err := Check(struct{}{}); err != nil {
		t.Errorf("a value without parameters is refused: %v", err)
	}
}
