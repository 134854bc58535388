package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Claim is what a suite says about its own outcome. It is checked at the end of a run; a
// claim that is refuted fails the run and names a cell that refutes it.
//
// A claim is about the runs of Method on On, and says one of: that they reach a gap, that
// they end with a status or at a kind of point, that every recorded step descends, that a
// small gradient means a small distance, or that they beat another method.
type Claim struct {
	Says   string   `param:"says" default:"none" doc:"the claim in words"`
	Holds  bool     `param:"holds" default:"true" doc:"false: the claim is wrong, and a run of the suite shows it"`
	Method string   `param:"method" doc:"name or label of the method it is about"`
	On     []string `param:"on" default:"none" doc:"names or labels of problems (default: all)"`
	Share  float64  `param:"share" default:"1" range:"(0,1]" doc:"share of the runs for which it must be true"`

	Reaches  float64 `param:"reaches" default:"none" range:"(0,1)" doc:"relative gap that the runs reach; one of the suite's targets"`
	Within   Budget  `param:"within" default:"{}" doc:"largest cost at which they reach it"`
	Status   string  `param:"status" default:"none" oneof:"converged budget timeout stalled diverged failed skipped" doc:"status of the runs"`
	Ends     string  `param:"ends" default:"none" oneof:"minimum global-minimum local-minimum saddle maximum degenerate" doc:"kind of point at which the runs end"`
	Descends bool    `param:"descends" default:"false" doc:"every recorded step lowers the value"`
	Gradient float64 `param:"gradient" default:"none" range:"(0,)" doc:"once ‖∇f‖ is at most this …"`
	Distance float64 `param:"distance" default:"none" range:"(0,)" doc:"… ‖x−x*‖ is at most this"`
	Beats    string  `param:"beats" default:"none" doc:"name or label of a method that needs more, each method at its best setting"`
	At       float64 `param:"at" default:"none" range:"(0,1)" doc:"relative gap whose cost is compared; one of the suite's targets"`
	By       float64 `param:"by" default:"1" range:"[1,)" doc:"smallest factor by which the other method needs more"`
	In       string  `param:"in" default:"evaluations" oneof:"iterations evaluations gradients values hessians samples" doc:"the cost that is compared"`

	Position param.Position
	about    conditions
	rivals   conditions
}

var _ param.Rewriter = (*Claim)(nil)

// Rewrite reads one name after `on` as a list of one.
func (*Claim) Rewrite(n *yaml.Node) *yaml.Node {
	on := param.Get(n, "on")
	if on == nil || on.Kind != yaml.ScalarNode {
		return nil
	}
	out := *n
	out.Content = slices.Clone(n.Content)
	for i := 1; i < len(out.Content); i += 2 {
		if out.Content[i] == on {
			out.Content[i] = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: on.Line, Column: on.Column, Content: []*yaml.Node{on}}
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
		if err := source.DecodeStruct(entry, c, "where"); err != nil {
			return err
		}
		if err := s.checkClaim(source, entry, c); err != nil {
			return err
		}
		s.Expect = append(s.Expect, c)
	}
	return nil
}

// checkClaim finds what the claim is about, and refuses one that could not be tested.
func (s *Suite) checkClaim(source param.Source, n *yaml.Node, c *Claim) error {
	kinds := c.kinds()
	if len(kinds) != 1 {
		return source.Errorf(n, "found %s; expected exactly one of reaches, status, ends, descends, gradient with distance, beats with at",
			map[bool]string{true: "no claim", false: strings.Join(kinds, " and ")}[len(kinds) == 0])
	}
	if (c.Gradient == 0) != (c.Distance == 0) {
		return source.Errorf(n, "gradient and distance must be given together: they claim that ‖x−x*‖ ≤ distance wherever ‖∇f‖ ≤ gradient")
	}
	if (c.Beats == "") != (c.At == 0) {
		return source.Errorf(n, "beats and at must be given together: they claim that the method needs less than the other to reach the gap `at`")
	}
	for _, target := range []float64{c.Reaches, c.At} {
		if target != 0 && !slices.Contains(s.Targets.Relative, target) {
			return source.Errorf(n, "the gap %s is not one of the suite's targets; add it to `targets`", text.Exact(target))
		}
	}
	var err error
	if c.about, err = s.claimCells(source, n, "method", true); err != nil {
		return err
	}
	if c.Beats != "" {
		c.rivals, err = s.claimCells(source, n, "beats", false)
	}
	if err == nil && !s.hasCells(c) {
		err = source.Errorf(n, "no cell of the suite matches this claim")
	}
	return err
}

// hasCells reports whether the grid has cells that the claim is about.
func (s *Suite) hasCells(c *Claim) bool {
	return slices.ContainsFunc(s.pairs(), func(p pair) bool { return c.about.hold(p.problem, p.method) })
}

// testable reports whether the grid has what a claim needs: its cells, and for one that a
// method beats another a problem on which both run.
func (s *Suite) testable(c *Claim) bool {
	if c.Beats == "" {
		return s.hasCells(c)
	}
	pairs := s.pairs()
	return slices.ContainsFunc(pairs, func(p pair) bool {
		return c.about.hold(p.problem, p.method) &&
			slices.ContainsFunc(pairs, func(q pair) bool { return q.problem == p.problem && c.rivals.hold(q.problem, q.method) })
	})
}

// kinds lists what the claim says.
func (c *Claim) kinds() []string {
	var out []string
	for _, k := range []struct {
		name  string
		given bool
	}{
		{"reaches", c.Reaches != 0}, {"status", c.Status != ""}, {"ends", c.Ends != ""}, {"descends", c.Descends},
		{"gradient", c.Gradient != 0 || c.Distance != 0}, {"beats", c.Beats != "" || c.At != 0},
	} {
		if k.given {
			out = append(out, k.name)
		}
	}
	return out
}

// claimCells are the conditions behind method, on and where. The rival of a claim is free
// in its settings.
func (s *Suite) claimCells(source param.Source, n *yaml.Node, methodKey string, where bool) (conditions, error) {
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column}
	add := func(name string, value *yaml.Node) {
		if value != nil {
			key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name, Line: value.Line, Column: value.Column}
			root.Content = append(root.Content, key, value)
		}
	}
	add("method", param.Get(n, methodKey))
	add("problem", param.Get(n, "on"))
	if settings := param.Get(n, "where"); where && settings != nil {
		if settings.Kind != yaml.MappingNode {
			return conditions{}, source.Errorf(settings, "where: expected a map of parameters, such as {lr: 2.1/L}")
		}
		root.Content = append(root.Content, settings.Content...)
	}
	return s.readConditions(source, root)
}

// Claims are the claims of the suite with the cells that they speak of; never nil.
func (s *Suite) Claims() []results.Claim {
	out := []results.Claim{}
	for _, c := range s.Expect {
		one := results.Claim{Text: c.text(), Place: c.Position.String(), Holds: c.Holds, Share: c.Share,
			Reaches: c.Reaches, Status: results.Status(c.Status), Ends: c.Ends, Descends: c.Descends,
			Gradient: c.Gradient, Distance: c.Distance, About: s.cellsOf(c.about)}
		if w := c.Within; w != (Budget{}) {
			one.Within = &results.Within{Iterations: w.Iterations, Evaluations: w.Evaluations, Gradients: w.Gradients, Epochs: w.Epochs, Seconds: w.Seconds}
		}
		if c.Beats != "" {
			one.At, one.By, one.In, one.Rivals = c.At, c.By, c.In, s.cellsOf(c.rivals)
		}
		out = append(out, one)
	}
	return out
}

// cellsOf are the pairs of problem and method for which conditions hold.
func (s *Suite) cellsOf(c conditions) []results.CellsOn {
	var out []results.CellsOn
	for _, p := range s.Problems {
		on := results.CellsOn{Problem: p.Label}
		for _, m := range s.Methods {
			if c.hold(p, m) {
				on.Methods = append(on.Methods, m.Label)
			}
		}
		if len(on.Methods) > 0 {
			out = append(out, on)
		}
	}
	return out
}

// text is what the claim calls true, or false, in words: its own, or those of its keys.
func (c *Claim) text() string {
	if c.Says != "" {
		return c.Says
	}
	return c.sentence()
}

func (c *Claim) sentence() string {
	where := ""
	if len(c.On) > 0 {
		where = " on " + strings.Join(c.On, ", ")
	}
	switch c.kinds()[0] {
	case "reaches":
		text := fmt.Sprintf("%s%s reaches a gap of %s", c.Method, where, text.Exact(c.Reaches))
		if c.Within != (Budget{}) {
			text += " within " + budgetText(c.Within)
		}
		return text
	case "status":
		return fmt.Sprintf("%s%s ends %s", c.Method, where, c.Status)
	case "ends":
		return fmt.Sprintf("%s%s ends at a %s", c.Method, where, strings.ReplaceAll(c.Ends, "-", " "))
	case "descends":
		return fmt.Sprintf("every step of %s%s lowers the value", c.Method, where)
	case "gradient":
		return fmt.Sprintf("where %s%s has a gradient norm of at most %s, the minimum is within %s", c.Method, where, text.Exact(c.Gradient), text.Exact(c.Distance))
	}
	return fmt.Sprintf("%s beats %s%s by a factor of %s in %s to a gap of %s", c.Method, c.Beats, where, text.Exact(c.By), c.In, text.Exact(c.At))
}

func budgetText(b Budget) string {
	var parts []string
	for _, l := range []struct {
		name  string
		limit float64
	}{
		{"iterations", float64(b.Iterations)}, {"evaluations", float64(b.Evaluations)}, {"gradients", float64(b.Gradients)},
		{"epochs", b.Epochs}, {"seconds", b.Seconds},
	} {
		if l.limit > 0 {
			parts = append(parts, text.Exact(l.limit)+" "+l.name)
		}
	}
	return strings.Join(parts, ", ")
}
