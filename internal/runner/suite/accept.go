package suite

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Acceptance is a finding of the review that the suite states itself, because it is part of
// what the suite shows.
type Acceptance struct {
	Finding string `param:"finding" doc:"name of the finding, as review prints it"`
	Because string `param:"because" doc:"why it does no harm to what the suite shows"`
}

// readAccept reads the findings that the suite accepts.
func (s *Suite) readAccept(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "accept: expected a list, such as [{finding: rank-by-target, because: the suite shows that the winner depends on the accuracy}]")
	}
	for _, entry := range n.Content {
		accepted := &Acceptance{}
		if err := source.DecodeStruct(entry, accepted); err != nil {
			return err
		}
		switch name := accepted.Finding; {
		case !slices.Contains(results.Findings(), name):
			return source.Errorf(param.Get(entry, "finding"), "finding: the review has no finding %q that a suite may accept%s", name, text.Suggest(name, results.Findings()))
		case slices.ContainsFunc(s.Accept, func(a *Acceptance) bool { return a.Finding == name }):
			return source.Errorf(param.Get(entry, "finding"), "finding: %q is accepted twice; join the reasons", name)
		case strings.TrimSpace(accepted.Because) == "":
			return source.Errorf(param.Get(entry, "because"), "because: the reason is empty; say why the finding does no harm to what the suite shows")
		}
		s.Accept = append(s.Accept, accepted)
	}
	return nil
}

// Acceptances are the findings that the suite accepts, as the manifest keeps them.
func (s *Suite) Acceptances() []results.Acceptance {
	var out []results.Acceptance
	for _, a := range s.Accept {
		out = append(out, results.Acceptance{Finding: a.Finding, Because: a.Because})
	}
	return out
}
