package figure

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

var inf, nan = math.Inf(1), math.NaN()

func example() *Figure {
	return &Figure{
		Name: "example", Title: `A "title", with a comma`,
		Y:      Axis{Scale: Log, Floor: 1e-16, Ceiling: 100},
		Series: []Series{{Label: "a, b", X: []float64{0, 1, 2}, Y: []float64{0.1, nan, inf}, Low: []float64{0, 0, 0}, High: []float64{1, 1, inf}}},
		Rules:  []Rule{{Label: "2/L", Vertical: true, At: 0.5}, {Label: "target", At: 1e-3}},
		Grid:   &Grid{Label: "f", X: []float64{1, 2}, Y: []float64{3}, Z: [][]float64{{4, nan}}},
	}
}

func TestCSV(t *testing.T) {
	var b strings.Builder
	if err := example().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	want := `part,label,x,y,low,high,z
series,"a, b",0,0.1,0,1,
series,"a, b",1,,0,1,
series,"a, b",2,inf,0,inf,
rule,2/L,0.5,,,,
rule,target,,0.001,,,
grid,f,1,3,,,4
grid,f,2,3,,,
`
	if b.String() != want {
		t.Errorf("found\n%s\nexpected\n%s", b.String(), want)
	}
}

func TestJSONSaysWhatIsNotFinite(t *testing.T) {
	text, err := json.Marshal(example())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"y":[0.1,null,"inf"]`, `"z":[[4,null]]`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
}

func TestClamp(t *testing.T) {
	axis := Axis{Scale: Log, Floor: 1e-16, Ceiling: 100}
	for _, c := range []struct {
		v, at   float64
		clamped bool
	}{{1, 1, false}, {0, 1e-16, true}, {-5, 1e-16, true}, {1e-16, 1e-16, true}, {100, 100, false}, {101, 100, true}, {inf, 100, true}} {
		if at, clamped := axis.Clamp(c.v); at != c.at || clamped != c.clamped {
			t.Errorf("Clamp(%g) = %g, %v; expected %g, %v", c.v, at, clamped, c.at, c.clamped)
		}
	}
	linear := Axis{Scale: Linear}
	if at, clamped := linear.Clamp(-3); at != -3 || clamped {
		t.Errorf("a linear axis has no floor, yet −3 went to %g", at)
	}
}

func TestCheckAndEmpty(t *testing.T) {
	if err := example().Check(); err != nil {
		t.Error(err)
	}
	for name, break_ := range map[string]func(*Figure){
		"short column": func(f *Figure) { f.Series[0].Y = f.Series[0].Y[:2] },
		"half a band":  func(f *Figure) { f.Series[0].Low = nil },
		"ragged grid":  func(f *Figure) { f.Grid.Z = [][]float64{{1}} },
		"no rows":      func(f *Figure) { f.Grid.Z = nil },
		"no name":      func(f *Figure) { f.Name = "" },
	} {
		f := example()
		break_(f)
		if f.Check() == nil {
			t.Errorf("%s: unnoticed", name)
		}
	}
	if example().Empty() {
		t.Error("the example has numbers")
	}
	hollow := &Figure{Series: []Series{{X: []float64{1, nan}, Y: []float64{nan, 1}}}}
	if !hollow.Empty() {
		t.Error("no point has two coordinates")
	}
}
