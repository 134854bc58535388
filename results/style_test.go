package results_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

func TestStyleIsChecked(t *testing.T) {
	for _, good := range []results.Style{{Colour: "blue"}, {Colour: "#0072B2", Dash: "dash-dot"}, {Marker: "square"}, {Colour: "#d0d000"}} {
		if key, err := good.Check(); err != nil {
			t.Errorf("%+v: %s: %v", good, key, err)
		}
	}
	for want, bad := range map[string]results.Style{
		`colour: "red" is not one of blue, `:  {Colour: "red"},
		`colour: "#07b" is not one of`:        {Colour: "#07b"},
		`colour: "#00000g" is not one of`:     {Colour: "#00000g"},
		`colour: "#+12345" is not one of`:     {Colour: "#+12345"},
		"#fefefe cannot be seen":              {Colour: "#fefefe"},
		"#ffff00 cannot be seen":              {Colour: "#ffff00"},
		`dash: "dotted" is not one of solid`:  {Dash: "dotted"},
		`marker: "star" is not one of circle`: {Marker: "star"},
		"expected colour, dash or marker":     {},
	} {
		if _, err := bad.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v; expected %s", bad, err, want)
		}
	}
}

func TestAlikeStyle(t *testing.T) {
	blue := results.Style{Colour: "blue", Dash: "solid"}
	if i, j, ok := results.AlikeStyle([]results.Style{blue, {Colour: "blue"}, {Dash: "solid"}, {Colour: "blue", Dash: "solid", Marker: "square"}}); !ok || i != 0 || j != 3 {
		t.Errorf("styles %d and %d, %v; expected 0 and 3", i, j, ok)
	}
	if _, _, ok := results.AlikeStyle([]results.Style{blue, {Colour: "blue", Dash: "dashed"}, {Colour: "green", Dash: "solid"}}); ok {
		t.Error("styles that differ are called alike")
	}
}
