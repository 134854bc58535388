package suite

import (
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Look is something to look at in the results of a suite. It cites the claims that show it,
// so that a reader sees whether it is true of the run at hand.
type Look struct {
	Text   string   `param:"text" doc:"what to look at, in a sentence or two"`
	Expect []string `param:"expect" doc:"names of the claims that it rests on"`
}

var _ param.Rewriter = (*Look)(nil)

// Rewrite reads one name after `expect` as a list of one.
func (*Look) Rewrite(n *yaml.Node) *yaml.Node { return listed(n, "expect") }

// readLook reads the list of what to look at, once the claims are known.
func (s *Suite) readLook(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "look: expected a list, such as [{text: Newton's method needs one step., expect: one-step}]")
	}
	var names []string
	for _, c := range s.Expect {
		if c.Name != "" {
			names = append(names, c.Name)
		}
	}
	for _, entry := range n.Content {
		look := &Look{}
		if err := source.DecodeStruct(entry, look); err != nil {
			return err
		}
		cited := param.Get(entry, "expect")
		if len(look.Expect) == 0 {
			return source.Errorf(cited, "expect: the list is empty; name at least one claim that shows the sentence")
		}
		for i, name := range look.Expect {
			if slices.Contains(names, name) {
				continue
			}
			at := cited
			if cited.Kind == yaml.SequenceNode {
				at = cited.Content[i]
			}
			return source.Errorf(at, "expect: no claim of the suite has the name %q%s", name, text.Suggest(name, names))
		}
		s.Look = append(s.Look, look)
	}
	return nil
}

// Looks is what the suite says to look at, as the manifest keeps it.
func (s *Suite) Looks() []results.Look {
	var out []results.Look
	for _, l := range s.Look {
		out = append(out, results.Look{Text: l.Text, Expect: l.Expect})
	}
	return out
}
