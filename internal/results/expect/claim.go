package expect

import (
	"fmt"
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
// small gradient means a small distance, or that they beat another method.
type Claim struct {
	Says   string   `param:"says" default:"none" doc:"the claim in words"`
	Holds  bool     `param:"holds" default:"true" doc:"false: what it says is wrong, and a run of the suite shows it"`
	Method string   `param:"method" doc:"name or label of the method it is about"`
	On     []string `param:"on" default:"none" doc:"names or labels of problems; all where absent"`
	Share  float64  `param:"share" default:"1" range:"(0,1]" doc:"share of the runs that must do so"`

	Reaches  float64 `param:"reaches" default:"none" range:"(0,1)" doc:"relative gap that is met; one of the suite's targets"`
	Within   Budget  `param:"within" default:"{}" doc:"at which cost it is met at the latest"`
	Status   string  `param:"status" default:"none" oneof:"converged budget timeout stalled diverged failed skipped" doc:"how the runs end"`
	Ends     string  `param:"ends" default:"none" oneof:"minimum global-minimum local-minimum saddle maximum degenerate" doc:"kind of point where the runs end"`
	Descends bool    `param:"descends" default:"false" doc:"every recorded step lowers the value"`
	Gradient float64 `param:"gradient" default:"none" range:"(0,)" doc:"once ‖∇f‖ is at most this …"`
	Distance float64 `param:"distance" default:"none" range:"(0,)" doc:"… ‖x−x*‖ is at most this"`
	Beats    string  `param:"beats" default:"none" doc:"name or label of a method that needs more, each at its best setting"`
	At       float64 `param:"at" default:"none" range:"(0,1)" doc:"relative gap whose cost is compared; one of the suite's targets"`
	By       float64 `param:"by" default:"1" range:"[1,)" doc:"how many times as much the other needs at least"`
	In       string  `param:"in" default:"evaluations" oneof:"iterations evaluations gradients values hessians samples" doc:"the cost that is compared"`

	Place string // in the suite file, for messages

	// Covers reports whether the claim is about a record, Rival whether a record is of the
	// method that is to be beaten.
	Covers, Rival func(*results.Record) bool
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

// Kinds lists what the claim says.
func (c *Claim) Kinds() []string {
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

// String is the claim in words: its own, or those of its keys.
func (c *Claim) String() string {
	text := c.Says
	if text == "" {
		text = c.sentence()
	}
	if !c.Holds {
		return "it is not true that " + text
	}
	return text
}

func (c *Claim) sentence() string {
	where := ""
	if len(c.On) > 0 {
		where = " on " + strings.Join(c.On, ", ")
	}
	switch c.Kinds()[0] {
	case "reaches":
		text := fmt.Sprintf("%s%s reaches a gap of %s", c.Method, where, param.Number(c.Reaches))
		if c.Within != (Budget{}) {
			text += " within " + c.Within.String()
		}
		return text
	case "status":
		return fmt.Sprintf("%s%s ends %s", c.Method, where, c.Status)
	case "ends":
		return fmt.Sprintf("%s%s ends at a %s", c.Method, where, strings.ReplaceAll(c.Ends, "-", " "))
	case "descends":
		return fmt.Sprintf("every step of %s%s lowers the value", c.Method, where)
	case "gradient":
		return fmt.Sprintf("where %s%s has a gradient norm of at most %s, the minimum is within %s", c.Method, where, param.Number(c.Gradient), param.Number(c.Distance))
	}
	return fmt.Sprintf("%s beats %s%s by a factor of %s in %s to a gap of %s", c.Method, c.Beats, where, param.Number(c.By), c.In, param.Number(c.At))
}
