// Package figure describes figures as plain data: axes with units and scale, series with
// bands, rules, marks, a grid of numbers behind them, and notes on what was aggregated or
// left out. It knows nothing of pixels. Renderers are elsewhere (package draw for paper,
// package page for the browser), so that what a reader sees in print, on the page and in
// the CSV file are the same numbers.
package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Figure is one picture. The zero value of a field means that there is none of it.
type Figure struct {
	Role    Role   `json:"role,omitempty"`    // what kind of figure it is, by which programs find it
	Problem string `json:"problem,omitempty"` // label of the problem that it is about; "": several
	Name    string `json:"name"`              // file name without extension
	Title   string `json:"title"`
	Caption string `json:"caption,omitempty"` // how to read it
	X       Axis   `json:"x"`
	Y       Axis   `json:"y"`

	Grid   *Grid    `json:"grid,omitempty"` // behind the series
	Series []Series `json:"series,omitempty"`
	Rules  []Rule   `json:"rules,omitempty"`
	Notes  []string `json:"notes,omitempty"` // aggregated, clamped, left out
	Equal  bool     `json:"equal,omitempty"` // one unit is as long in x as in y
	// Shared is what all methods in the legend have in common, and its title.
	Shared string `json:"shared,omitempty"`
	// Strip is a low figure beneath this one, over the same X: only its Y, Series and Rules
	// count.
	Strip *Figure `json:"strip,omitempty"`
	// Panels are figures of one kind beside each other, each of a problem, under one legend. Of the
	// figure itself then only names, title, caption, notes and looks count.
	Panels []*Figure `json:"-"`
	// Stem is the file name without the problem, where the role does not say it. Figures of several
	// problems with one stem are of one kind.
	Stem string `json:"-"`
	// Open names what lies behind the cells of a heat map, as Grid.Z.
	Open [][]string `json:"open,omitempty"`
	// Detail: not among the usual figures, since another one or a table says the same more briefly.
	Detail bool `json:"-"`
	// Looks are those of the methods in all figures of the runs.
	Looks Looks `json:"-"`
}

// Role is what kind of figure one is: "convergence", "path". Package plots lists them.
type Role string

// Scale is that of an axis.
type Scale string

const (
	Linear Scale = "linear"
	Log    Scale = "log"
)

// Axis is a direction of a figure.
type Axis struct {
	Label string `json:"label"`
	Unit  string `json:"unit,omitempty"`
	Scale Scale  `json:"scale"`
	// Floor of a logarithmic axis: what lies at or below it, zero included, is drawn on
	// it and marked. 0: the least positive number that occurs.
	Floor float64 `json:"floor,omitempty"`
	// ZeroAtFloor: what lies on the floor is zero, expected there and not marked: the
	// start of a curve over a logarithmic count.
	ZeroAtFloor bool `json:"zero_at_floor,omitempty"`
	// Ceiling: what lies above it, infinity included, is drawn on it and marked. 0: none.
	Ceiling float64 `json:"ceiling,omitempty"`
	// Limits are the ends of the axis, where they are asked for; what lies beyond is not drawn. Nil:
	// those of what is drawn.
	Limits *[2]float64 `json:"limits,omitempty"`
	// Categories replace numbers: 0, 1, 2, … are drawn as these texts.
	Categories []string `json:"categories,omitempty"`
}

// Kind is how a series is drawn.
type Kind string

const (
	Line   Kind = "line"
	Steps  Kind = "steps" // constant until the next point: distribution functions
	Points Kind = "points"
	Both   Kind = "both" // points joined by a line
)

// Symbol is the shape of a series' points.
type Symbol string

const (
	Circle   Symbol = ""
	Cross    Symbol = "cross"
	Star     Symbol = "star"
	Square   Symbol = "square"
	Diamond  Symbol = "diamond"
	Triangle Symbol = "triangle"
	Ring     Symbol = "ring"
)

// Ink is the colour of what belongs to no series in particular.
const Ink = -1

// Series are points in order. NaN interrupts a line; infinity goes to the axis' ceiling.
type Series struct {
	Label string `json:"label"` // "": not in the legend
	// Method is the label of the method that it belongs to, which Label contains; "": none.
	Method string `json:"-"`
	// Full is the label before Name has shortened it; "": it is Label.
	Full string `json:"full,omitempty"`
	// Unlisted: not in the legend either, though it has a name.
	Unlisted bool `json:"unlisted,omitempty"`
	Thin     bool `json:"thin,omitempty"` // a line in the background: a bound

	Kind   Kind      `json:"kind"`
	Color  int       `json:"color"`            // place of its look: series of one place belong together; Ink
	Dash   int       `json:"dash,omitempty"`   // Own, or instead of the look's
	Symbol Symbol    `json:"symbol,omitempty"` // Circle: that of the look
	X      []float64 `json:"x"`
	Y      []float64 `json:"y"`
	Low    []float64 `json:"low,omitempty"` // band around Y: both or none
	High   []float64 `json:"high,omitempty"`
	Band   string    `json:"band,omitempty"`   // what the band is: "quartiles"
	Detail []string  `json:"detail,omitempty"` // of each point, for hovering
}

// Rule is a straight line across the figure: x = At, or y = At.
type Rule struct {
	Label    string  `json:"label"`
	Vertical bool    `json:"vertical"`
	At       float64 `json:"at"`
	Color    int     `json:"color"`
}

// Grid holds a number for each pair of X and Y: Z[j][i] belongs to X[i], Y[j].
type Grid struct {
	Label    string      `json:"label"`
	X        []float64   `json:"x"`
	Y        []float64   `json:"y"`
	Z        [][]float64 `json:"z"`
	Scale    Scale       `json:"scale"`
	Floor    float64     `json:"floor,omitempty"`
	Contours []float64   `json:"contours,omitempty"` // levels; nil: a heat map of cells
	// Range has the ends of the colours where several maps share them. Nil: those of Z.
	Range *[2]float64 `json:"-"`
	Text  [][]string  `json:"text,omitempty"` // written into the cells of a heat map
}

// Name is its label in full.
func (s *Series) Name() string { return cmp.Or(s.Full, s.Label) }

// Clamp is where v is drawn on the axis, and whether that is not where it lies.
func (a *Axis) Clamp(v float64) (at float64, clamped bool) {
	if a.Scale == Log && v <= a.Floor {
		return a.Floor, true
	}
	if a.Ceiling != 0 && v > a.Ceiling {
		return a.Ceiling, true
	}
	return v, false
}

// Tones are the ends of the numbers that have a colour.
func (g *Grid) Tones() (low, high float64) {
	if g.Range != nil {
		return g.Range[0], g.Range[1]
	}
	axis := Axis{Scale: g.Scale, Floor: g.Floor}
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range g.Z {
		for _, z := range row {
			at, _ := axis.Clamp(z)
			if math.IsNaN(at) || math.IsInf(at, 0) || (g.Scale == Log && at <= 0) {
				continue
			}
			low, high = math.Min(low, at), math.Max(high, at)
		}
	}
	return low, high
}

// Title is the label with its unit.
func (a *Axis) Title() string {
	if a.Unit == "" {
		return a.Label
	}
	return a.Label + " (" + a.Unit + ")"
}

// Check reports a figure that does not hang together: columns of different lengths, a
// band with one edge, a name that is no file name.
func (f *Figure) Check() error {
	if f.Name == "" {
		return fmt.Errorf("figure %q has no name", f.Title)
	}
	for _, panel := range f.Panels {
		if err := panel.Check(); err != nil {
			return err
		}
	}
	if f.Strip != nil {
		strip := *f.Strip
		strip.Name = f.Name + ", strip"
		if err := strip.Check(); err != nil {
			return err
		}
	}
	for _, s := range f.Series {
		n := len(s.X)
		if len(s.Y) != n || (s.Low == nil) != (s.High == nil) ||
			(s.Low != nil && (len(s.Low) != n || len(s.High) != n)) ||
			(s.Detail != nil && len(s.Detail) != n) {
			return fmt.Errorf("figure %s, series %q: columns of %d, %d, %d, %d and %d entries",
				f.Name, s.Label, n, len(s.Y), len(s.Low), len(s.High), len(s.Detail))
		}
	}
	if g := f.Grid; g != nil {
		if len(g.Z) != len(g.Y) {
			return fmt.Errorf("figure %s: a grid of %d rows for %d values of y", f.Name, len(g.Z), len(g.Y))
		}
		for _, row := range g.Z {
			if len(row) != len(g.X) {
				return fmt.Errorf("figure %s: a grid row of %d for %d values of x", f.Name, len(row), len(g.X))
			}
		}
	}
	return nil
}

// Empty reports a figure with nothing to show: no finite number on either axis' scale.
func (f *Figure) Empty() bool {
	if f.mostPoints() > 0 || slices.ContainsFunc(f.Panels, func(panel *Figure) bool { return !panel.Empty() }) {
		return false
	}
	if f.Grid != nil {
		for _, row := range f.Grid.Z {
			for _, z := range row {
				if !math.IsNaN(z) {
					return false
				}
			}
		}
	}
	return true
}

// Sparse reports a figure with hardly anything to see: no map, no categories, and no series of three
// points that can be drawn.
func (f *Figure) Sparse() bool {
	return f.Grid == nil && len(f.X.Categories)+len(f.Y.Categories) == 0 && f.mostPoints() < 3
}

// mostPoints is the largest number of points of a series that can be drawn.
func (f *Figure) mostPoints() int {
	most := 0
	for _, s := range f.Series {
		points := 0
		for i := range s.X {
			if drawable(&f.X, s.X[i]) && !math.IsNaN(s.Y[i]) {
				points++
			}
		}
		most = max(most, points)
	}
	return most
}

func drawable(a *Axis, v float64) bool {
	return !math.IsNaN(v) && !math.IsInf(v, 0) && (a.Scale != Log || v > 0 || a.Floor > 0)
}
