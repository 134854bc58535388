package suite

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Claim is what a suite says about its own outcome. It is checked at the end of a run; a
// claim that is refuted fails the run and names a cell that refutes it.
//
// A claim is about the runs of Method on On, and says one of: that they reach a gap, that
// they end with a status or at a kind of point, that every recorded step descends, that a
// small gradient means a small distance, that a diagnostic has a bound, or that they beat
// another method.
type Claim struct {
	Name   string   `param:"name" default:"none" doc:"name by which look cites the claim"`
	Says   string   `param:"says" default:"none" doc:"the claim in words"`
	Lesson string   `param:"lesson" default:"none" doc:"key of the lesson that shows it, for gdbench learn"`
	Holds  bool     `param:"holds" default:"true" doc:"false: the claim is wrong, and a run of the suite shows it"`
	Method string   `param:"method" doc:"name or label of the method it is about"`
	On     []string `param:"on" default:"none" doc:"names or labels of problems (default: all)"`
	Tuned  bool     `param:"tuned" default:"false" doc:"about methods with the settings that all trials choose, instead of those that are written"`
	Share  float64  `param:"share" default:"1" range:"(0,1]" doc:"share of the runs, or with beats of the problems, for which it must be true"`
	None   bool     `param:"none" default:"false" doc:"true: it is true for none of the runs"`

	Reaches  float64 `param:"reaches" default:"none" doc:"relative gap that the runs reach, or another target, such as {accuracy: 0.95}; one of the suite's targets"`
	Within   Budget  `param:"within" default:"{}" doc:"largest cost at which they reach it"`
	Status   string  `param:"status" default:"none" oneof:"converged budget timeout stalled diverged failed skipped" doc:"status of the runs"`
	Ends     string  `param:"ends" default:"none" oneof:"minimum global-minimum local-minimum saddle maximum degenerate" doc:"kind of point at which the runs end"`
	OnlyOne  string  `param:"only-one" default:"none" oneof:"minimum global-minimum local-minimum saddle maximum degenerate" doc:"kind of point; runs of one problem that end at such a point end at the same one"`
	Descends bool    `param:"descends" default:"false" doc:"every recorded step lowers the value"`
	Gradient float64 `param:"gradient" default:"none" range:"(0,)" doc:"once ‖∇f‖ is at most this …"`
	Distance float64 `param:"distance" default:"none" range:"(0,)" doc:"… ‖x−x*‖ is at most this"`
	Theory   bool    `param:"consistent" default:"false" doc:"no theorem that applies is violated"`
	Measure  string  `param:"measure" default:"none" doc:"what is bounded: value, or one of the suite's diagnostics, such as sharpness"`
	Over     string  `param:"over" default:"none" doc:"diagnostic that it is divided by"`
	When     string  `param:"when" default:"end" oneof:"start end" doc:"end of the run at which it is measured"`
	Least    float64 `param:"at-least" default:"none" range:"(0,)" doc:"smallest value of it"`
	Most     float64 `param:"at-most" default:"none" range:"(0,)" doc:"largest value of it"`
	Beats    string  `param:"beats" default:"none" doc:"name or label of a method that needs more, each method at its best setting"`
	At       float64 `param:"at" default:"none" doc:"relative gap whose cost is compared, or another target; one of the suite's targets"`
	By       float64 `param:"by" default:"1" range:"[1,)" doc:"smallest factor by which the other method needs more"`
	In       string  `param:"in" default:"evaluations" oneof:"iterations evaluations gradients values hessians samples passes gap" doc:"the cost that is compared; gap: the final gaps are, without at"`

	Kind string `param:"kind" default:"none" doc:"kind of the target in reaches or at: {reaches: {accuracy: 0.95}} is short for {reaches: 0.95, kind: accuracy} (default: relative gap)"`

	Position param.Position
	about    selection
	rivals   selection
	reaches  bool // a target is to be reached, which may be 0
	at       bool
}

var _ param.Rewriter = (*Claim)(nil)

// Rewrite reads one name after `on` as a list of one, and a target that is a map of its kind
// and number as both.
func (*Claim) Rewrite(n *yaml.Node) *yaml.Node {
	if long := listed(n, "on"); long != nil {
		n = long
	}
	out := *n
	out.Content = slices.Clone(n.Content)
	for i := 1; i < len(n.Content); i += 2 {
		key, value := n.Content[i-1], n.Content[i]
		if (key.Value == "reaches" || key.Value == "at") && value.Kind == yaml.MappingNode && len(value.Content) == 2 {
			out.Content[i] = value.Content[1]
			out.Content = append(out.Content, param.Map(value, "kind", value.Content[0]).Content...)
		}
	}
	return &out
}

// listed is a map in which one text after key is a list of one; nil where it is none.
func listed(n *yaml.Node, key string) *yaml.Node {
	one := param.Get(n, key)
	if one == nil || one.Kind != yaml.ScalarNode {
		return nil
	}
	out := *n
	out.Content = slices.Clone(n.Content)
	for i := 1; i < len(out.Content); i += 2 {
		if out.Content[i] == one {
			out.Content[i] = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: one.Line, Column: one.Column, Content: []*yaml.Node{one}}
		}
	}
	return &out
}

func (s *Suite) readExpect(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "expect: expected a list of claims, such as [{method: newton, on: quadratic, reaches: 1e-8, within: {iterations: 1}}]")
	}
	for _, entry := range n.Content {
		c := &Claim{Position: source.At(entry)}
		if err := source.DecodeStruct(entry, c, "where", "beats-where"); err != nil {
			return err
		}
		c.reaches, c.at = param.Get(entry, "reaches") != nil, param.Get(entry, "at") != nil
		if err := s.checkClaim(source, entry, c); err != nil {
			return err
		}
		if same := slices.IndexFunc(s.Expect, func(other *Claim) bool { return c.Name != "" && other.Name == c.Name }); same >= 0 {
			return source.Errorf(param.Get(entry, "name"), "duplicate claim %q (first defined at %s)", c.Name, s.Expect[same].Position)
		}
		s.Expect = append(s.Expect, c)
	}
	return nil
}

// checkClaim finds what the claim is about, and refuses one that could not be tested.
func (s *Suite) checkClaim(source param.Source, n *yaml.Node, c *Claim) error {
	kinds := c.kinds()
	if len(kinds) != 1 {
		return source.Errorf(n, "found %s; expected exactly one of reaches, status, ends, descends, consistent, gradient with distance, measure with at-least or at-most, beats with at",
			map[bool]string{true: "no claim", false: strings.Join(kinds, " and ")}[len(kinds) == 0])
	}
	if err := s.checkPartners(source, n, c); err != nil {
		return err
	}
	if err := s.checkClaimTarget(source, n, c); err != nil {
		return err
	}
	if c.Tuned && s.tuner == nil {
		return source.Errorf(param.Get(n, "tuned"), "tuned: nothing is tuned in this suite; add `tune: default`, or remove the key")
	}
	var err error
	if c.about, err = s.claimCells(source, n, "method", "where"); err != nil {
		return err
	}
	if c.Beats != "" {
		c.rivals, err = s.claimCells(source, n, "beats", "beats-where")
	}
	if err == nil && !s.hasCells(c) {
		err = source.Errorf(n, "no cell of the suite matches this claim")
	}
	if err == nil && c.Beats != "" && !s.hasRivals(c) {
		err = source.Errorf(n, "no cell of the suite matches beats and beats-where, apart from those that the claim is about; name another method, or other settings")
	}
	return err
}

// checkPartners refuses keys of a claim that say nothing without one another.
func (s *Suite) checkPartners(source param.Source, n *yaml.Node, c *Claim) error {
	switch {
	case (c.Gradient == 0) != (c.Distance == 0):
		return source.Errorf(n, "gradient and distance must be given together: they claim that ‖x−x*‖ ≤ distance wherever ‖∇f‖ ≤ gradient")
	case c.In == finalGap && (c.Beats == "" || c.at):
		return source.Errorf(n, "`in: gap` goes with beats and without at: it claims that the final gap is less than that of the other method")
	case c.In != finalGap && (c.Beats == "") == c.at:
		return source.Errorf(n, "beats and at must be given together: they claim that the method needs less than the other to reach the target `at`")
	case c.Beats == "" && param.Get(n, "beats-where") != nil:
		return source.Errorf(n, "beats-where without beats: it chooses settings of the method that is beaten")
	case c.None && (c.Beats != "" || c.Share != 1):
		return source.Errorf(n, "none goes neither with beats nor with share: it claims that no run does so")
	case (c.Measure == "") != (c.Least == 0 && c.Most == 0), c.Over != "" && c.Measure == "":
		return source.Errorf(n, "measure must be given with at-least or at-most: they bound a diagnostic")
	}
	for _, name := range []string{c.Measure, c.Over} {
		if name != "" && name != results.MeasureValue && !slices.ContainsFunc(s.Diagnostics, func(word string) bool { return Selects(word, name) }) {
			return source.Errorf(n, "%q is not one of the suite's diagnostics; add it to `diagnostics`", name)
		}
	}
	return nil
}

// finalGap is what a claim compares that does not speak of the cost of a target.
const finalGap = "gap"

// Sharpness is the diagnostic that gdbench brings itself: λmax of the Hessian.
const Sharpness = "sharpness"

// Selects reports whether a word of the suite's diagnostics chooses one of that name: any
// that contains it, where "layers" means "layer". Sharpness is chosen by its whole name.
func Selects(word, name string) bool {
	if name == Sharpness {
		return word == Sharpness
	}
	return word != Sharpness && strings.Contains(name, strings.TrimSuffix(word, "s"))
}

// hasCells reports whether the grid has cells that the claim is about.
func (s *Suite) hasCells(c *Claim) bool {
	for p, m := range s.Pairs() {
		if c.about.hold(p, m) {
			return true
		}
	}
	return false
}

// hasRivals reports whether the grid has cells that the claim wants beaten. Those that it is about are not.
func (s *Suite) hasRivals(c *Claim) bool {
	for p, m := range s.Pairs() {
		if c.isRival(p, m) {
			return true
		}
	}
	return false
}

func (c *Claim) isRival(p *Problem, m *Method) bool {
	return c.rivals.hold(p, m) && !c.about.hold(p, m)
}

// testable reports whether the grid has what a claim needs: its cells, and for one that a
// method beats another a problem on which both run.
func (s *Suite) testable(c *Claim) bool {
	if c.Beats == "" {
		return s.hasCells(c)
	}
	about, rivals := make([]bool, len(s.Problems)), make([]bool, len(s.Problems))
	for p, m := range s.Pairs() {
		about[p.at] = about[p.at] || c.about.hold(p, m)
		rivals[p.at] = rivals[p.at] || c.isRival(p, m)
		if about[p.at] && rivals[p.at] {
			return true
		}
	}
	return false
}

// kinds lists what the claim says.
func (c *Claim) kinds() []string {
	var out []string
	for _, k := range []struct {
		name  string
		given bool
	}{
		{"reaches", c.reaches}, {"status", c.Status != ""}, {"ends", c.Ends != ""}, {"only-one", c.OnlyOne != ""}, {"descends", c.Descends},
		{"gradient", c.Gradient != 0 || c.Distance != 0}, {"consistent", c.Theory}, {"measure", c.Measure != ""}, {"beats", c.Beats != "" || c.at},
	} {
		if k.given {
			out = append(out, k.name)
		}
	}
	return out
}

// claimCells are the conditions behind a method, the problems and the settings of a claim.
func (s *Suite) claimCells(source param.Source, n *yaml.Node, methodKey, settingsKey string) (selection, error) {
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column}
	add := func(name string, value *yaml.Node) {
		if value != nil {
			key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name, Line: value.Line, Column: value.Column}
			root.Content = append(root.Content, key, value)
		}
	}
	add("method", param.Get(n, methodKey))
	add("problem", param.Get(n, "on"))
	if settings := param.Get(n, settingsKey); settings != nil {
		if settings.Kind != yaml.MappingNode {
			return nil, source.Errorf(settings, "%s: expected a map of parameters, such as {lr: 2.1/L}", settingsKey)
		}
		root.Content = append(root.Content, settings.Content...)
	}
	return s.readConditions(source, root)
}

// Claims are the claims of the suite with the cells that they speak of; never nil.
func (s *Suite) Claims() []results.Claim {
	out := []results.Claim{}
	for _, c := range s.Expect {
		one := results.Claim{Name: c.Name, Text: c.text(), Lesson: c.Lesson, Place: c.Position.String(), Holds: c.Holds, Share: c.Share, None: c.None,
			Reaches: c.Reaches, Kind: c.Kind, Status: results.Status(c.Status), Ends: c.Ends, OnlyOne: c.OnlyOne, Descends: c.Descends,
			Gradient: c.Gradient, Distance: c.Distance, Consistent: c.Theory, About: s.cellsOf(c.about, c.Tuned)}
		if c.Measure != "" {
			one.Measure = &results.Measure{Name: c.Measure, Over: c.Over, Start: c.When == "start", Least: c.Least, Most: c.Most}
		}
		if w := c.Within; w != (Budget{}) {
			one.Within = &results.Within{Iterations: w.Iterations, Evaluations: w.Evaluations, Gradients: w.Gradients, Epochs: w.Epochs, Seconds: w.Seconds}
		}
		if c.Beats != "" {
			one.At, one.By, one.In, one.Rivals = c.At, c.By, c.In, s.cellsOf(c.rivals, c.Tuned)
		}
		out = append(out, one)
	}
	return out
}

// cellsOf are the pairs of problem and method for which conditions hold; those of methods that are
// tuned on request with the settings that all trials choose.
func (s *Suite) cellsOf(c selection, tuned bool) []results.CellsOn {
	var out []results.CellsOn
	for _, p := range s.Problems {
		on := results.CellsOn{Problem: p.Label}
		for _, m := range c.methods(p, len(s.Methods)) {
			label := s.Methods[m].Label
			if tuned && s.finalRepeats(p, s.Methods[m]) > 0 {
				label = s.finalLabel(s.Methods[m])
			}
			on.Methods = append(on.Methods, label)
		}
		if len(on.Methods) > 0 {
			out = append(out, on)
		}
	}
	return out
}
