package suite_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

func withStyle(style string) string {
	return "suite: s\nstyle:\n" + style + "\nproblems: [quadratic]\nmethods:\n  - {name: fixed-step, lr: [0.1, 0.2], label: GD}\n  - {name: adam, lr: 0.1}\n"
}

func TestStylesOfASuite(t *testing.T) {
	s := read(t, withStyle("  fixed-step: {colour: \"#102030\", dash: dashed}\n  GD lr=0.2: {marker: square}\n  ad*: {colour: green}"))
	var got []string
	for _, style := range s.Styles {
		got = append(got, strings.Join(style.Methods, "+")+":"+style.Colour+style.Dash+style.Marker)
	}
	if want := "GD lr=0.1+GD lr=0.2:#102030dashed; GD lr=0.2:square; adam lr=0.1:green"; strings.Join(got, "; ") != want {
		t.Errorf("%v; expected %s", got, want)
	}
}

func TestBadStyles(t *testing.T) {
	for _, c := range []struct{ style, want string }{
		{"  adm: {colour: blue}", `suite.yaml:3:3: style: the suite has no method "adm"; did you mean "adam"?`},
		{"  adam: {colour: red}", `suite.yaml:3:18: style of adam: colour: "red" is not one of blue`},
		{"  adam: {dash: dotted}", `suite.yaml:3:16: style of adam: dash: "dotted" is not one of solid`},
		{"  adam: {}", "suite.yaml:3:9: style of adam: expected colour, dash or marker"},
		{"  adam: {width: 2}", "suite.yaml:3:10: "},
		{"  adam: blue", "suite.yaml:3:9: "},
		{"  adam: {colour: blue, dash: solid}\n  GD: {colour: blue, dash: solid, marker: square}", "suite.yaml:4:7: style: adam and GD have the same colour and dashes"},
		{"  \"*\": {colour: blue, dash: solid}", `suite.yaml:3:3: style: "*" gives 2 methods (GD; adam) the same colour and dashes`},
		{"  [adam]", "suite.yaml:3:3: style: expected a map"},
	} {
		if _, err := suite.Read("suite.yaml", ".", strings.NewReader(withStyle(c.style)), nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n%v; expected %s", c.style, err, c.want)
		}
	}
}
