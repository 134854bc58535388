package suite

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/results/expect"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

func (s *Suite) readExpect(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "expect: expected a list of claims, such as [{method: newton, on: quadratic, reaches: 1e-8, within: {iterations: 1}}]")
	}
	for _, entry := range n.Content {
		c := &expect.Claim{Place: source.At(entry).String()}
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
func (s *Suite) checkClaim(source param.Source, n *yaml.Node, c *expect.Claim) error {
	kinds := c.Kinds()
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
			return source.Errorf(n, "the gap %s is not one of the suite's targets; add it to `targets`", param.Number(target))
		}
	}
	about, err := s.claimCells(source, n, "method", true)
	if err != nil {
		return err
	}
	c.Covers = func(r *results.Record) bool { return s.holds(about, r) }
	c.Rival = func(*results.Record) bool { return false }
	if c.Beats != "" {
		rivals, err := s.claimCells(source, n, "beats", false)
		if err != nil {
			return err
		}
		c.Rival = func(r *results.Record) bool { return s.holds(rivals, r) }
	}
	if s.claimed[c] = about; !s.hasCells(c) {
		return source.Errorf(n, "no cell of the suite matches this claim")
	}
	return nil
}

// hasCells reports whether the grid has cells that the claim is about.
func (s *Suite) hasCells(c *expect.Claim) bool {
	return slices.ContainsFunc(s.pairs(), func(p pair) bool { return s.claimed[c].hold(p.problem, p.method) })
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

// holds reports whether conditions hold for the cell of a record.
func (s *Suite) holds(c conditions, r *results.Record) bool {
	problem := slices.IndexFunc(s.Problems, func(p *Problem) bool { return p.Label == r.Labels.Problem })
	method := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Label == r.Labels.Method })
	return problem >= 0 && method >= 0 && c.hold(s.Problems[problem], s.Methods[method])
}
